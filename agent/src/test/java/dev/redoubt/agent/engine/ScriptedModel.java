// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import dev.redoubt.agent.api.Delta;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Model;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.Usage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Answers what the test wrote down, and keeps what it was asked.
final class ScriptedModel implements Model {

  static final Usage USAGE = new Usage(100, 0, 0, 10);

  final List<ModelRequest> requests = new CopyOnWriteArrayList<>();
  private final Deque<ModelAnswer> answers = new ArrayDeque<>();
  private int calls;
  private Usage usage = USAGE;
  private String ledger = "";
  private Optional<ModelAnswer.Failure> noLedger = Optional.empty();

  /// Answers `text` whenever it is asked for a ledger.
  ScriptedModel onQuestion(String text) {
    ledger = text;
    return this;
  }

  /// Fails once instead of writing a ledger.
  ScriptedModel failsTheLedger(ModelAnswer.Failure failure) {
    noLedger = Optional.of(failure);
    return this;
  }

  /// Counts as `usage` says from now on.
  ScriptedModel counts(Usage now) {
    usage = now;
    return this;
  }

  ScriptedModel says(String text) {
    return answers(new Message.Words(text));
  }

  ScriptedModel calls(String tool, String arguments) {
    return answers(new ToolCall("call-" + ++calls, tool, arguments));
  }

  ScriptedModel answers(Message.Said... parts) {
    boolean wants = List.of(parts).stream().anyMatch(ToolCall.class::isInstance);
    return answers(wants ? ModelAnswer.Stop.CALLS : ModelAnswer.Stop.END, parts);
  }

  ScriptedModel answers(ModelAnswer.Stop stop, Message.Said... parts) {
    answers.add(
        new ModelAnswer.Replied(new Message.FromModel(List.of(parts)), stop, usage, "scripted"));
    return this;
  }

  ScriptedModel fails(ModelAnswer.Failure failure, Duration... retryAfter) {
    answers.add(
        new ModelAnswer.Failed(
            failure,
            "it failed: " + failure,
            List.of(retryAfter).stream().findFirst(),
            Usage.NONE));
    return this;
  }

  @Override
  public ModelAnswer answer(ModelRequest request, Consumer<Delta> listener)
      throws InterruptedException {
    requests.add(request);
    if (request.messages().getLast().equals(Message.FromUser.text(Compaction.question()))) {
      if (noLedger.isPresent()) {
        ModelAnswer.Failure failure = noLedger.get();
        noLedger = Optional.empty();
        return new ModelAnswer.Failed(failure, "it failed", Optional.empty(), Usage.NONE);
      }
      return new ModelAnswer.Replied(
          new Message.FromModel(List.of(new Message.Words(ledger))),
          ModelAnswer.Stop.END,
          USAGE,
          "scripted");
    }
    ModelAnswer answer = answers.poll();
    if (answer == null) {
      Thread.currentThread().interrupt();
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return Optional.ofNullable(answer).orElseThrow();
  }
}
