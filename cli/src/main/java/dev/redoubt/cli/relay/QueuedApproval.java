// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.records.ActionDigest;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.relay.approvals.ApprovalQueue;
import dev.redoubt.secrets.Redaction;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Answers questions about calls of tools: with the yes of a person that lies in the queue, once.
/// Without one the answer is no, and the call waits in the queue.
///
/// A tool that no rule speaks of is what the operator put the server there for, and passes.
final class QueuedApproval implements Approver {

  private final ApprovalQueue queue;
  private final EvidenceLog evidence;
  private final RelayedServer server;

  /// @param server which server: a yes is for one command in one folder under one name
  QueuedApproval(ApprovalQueue queue, EvidenceLog evidence, RelayedServer server) {
    this.server = requireNonNull(server, "server");
    this.queue = requireNonNull(queue, "queue");
    this.evidence = requireNonNull(evidence, "evidence");
  }

  @Override
  public Answer approves(Action action, Decision.Ask question) {
    if (question.rule().equals("tool.unlisted")) {
      return Answer.YES;
    }
    if (!(action instanceof Action.CallTool(String name, String tool, Node arguments))) {
      return Answer.NO;
    }
    String digest = digest(action);
    Optional<String> by = queue.take(digest);
    if (by.isPresent()) {
      evidence.append(
          new Event(
              "approval",
              server.stream(),
              new Payload()
                  .text("answer", "used")
                  .text("by", by.get())
                  .text("digest", digest)
                  .text("server", name)
                  .text("tool", tool)
                  .object()));
      return Answer.YES;
    }
    try {
      queue.put(
          new ApprovalQueue.Waiting(
              digest,
              name,
              server.place(),
              tool,
              Redaction.text(JsonText.of(arguments)),
              question.reason()));
    } catch (IOException | RedoubtException e) {
      // It is refused all the same, and cannot be approved.
      return Answer.NO;
    }
    return Answer.NO;
  }

  /// Returns what a person calls `call` by while it waits; empty when it does not.
  Optional<String> waiting(Action.CallTool call) {
    String digest = digest(call);
    try {
      return queue.isWaiting(digest) ? Optional.of(ApprovalQueue.id(digest)) : Optional.empty();
    } catch (RedoubtException e) {
      return Optional.empty();
    }
  }

  private String digest(Action action) {
    return ActionDigest.of(action, Map.of("server", Content.of(server.scope()).sha256()));
  }
}
