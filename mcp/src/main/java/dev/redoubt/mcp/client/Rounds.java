// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.mcp.rpc.RpcHandler.Answer;
import dev.redoubt.mcp.rpc.RpcPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks a server something that it may answer with questions of its own (`input_required`): they
/// are answered, and it is asked again. Safe to share.
final class Rounds {

  private static final int MOST = 10;
  private static final int MOST_QUESTIONS = 16;

  private final RpcPeer peer;
  private final ServerRequests requests;
  private final Greeting.Met met;

  Rounds(RpcPeer peer, ServerRequests requests, Greeting.Met met) {
    this.peer = requireNonNull(peer, "peer");
    this.requests = requireNonNull(requests, "requests");
    this.met = requireNonNull(met, "met");
  }

  /// How long something may take.
  ///
  /// @param idle nothing may be heard
  /// @param most in all, the time of a person included
  record Patience(Duration idle, Duration most) {
    Patience {
      requireNonNull(idle, "idle");
      requireNonNull(most, "most");
    }
  }

  /// Returns the answer; one that still is `input_required` when what the server wants to know is
  /// not answered here, or it does not come to an end.
  RpcAnswer ask(String method, Node.Obj params, Patience patience) throws InterruptedException {
    long end = System.nanoTime() + patience.most().toNanos();
    Node.Obj asked = params;
    for (int round = 1; ; round++) {
      Node.Obj sent = asked;
      Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
      RpcAnswer answer =
          peer.ask(method, id -> Optional.of(met.with(sent, id))).await(patience.idle(), left);
      if (!(answer instanceof RpcAnswer.Replied(Node result))
          || !result.text("resultType").orElse("").equals("input_required")
          || round == MOST) {
        return answer;
      }
      Optional<Node.Obj> responses = responses(result);
      if (responses.isEmpty()) {
        return answer;
      }
      // From the first request on: what belongs to one round goes into the next and no further.
      Fields next = new Fields().all(params.fields());
      if (result.get("inputRequests").isPresent()) {
        next.and("inputResponses", responses.get());
      }
      result.get("requestState").ifPresent(state -> next.and("requestState", state));
      asked = next.object();
    }
  }

  /* Nothing when one of them is not answered. */
  private Optional<Node.Obj> responses(Node result) throws InterruptedException {
    Map<String, Node> wanted = result.fields("inputRequests");
    if (wanted.size() > MOST_QUESTIONS) {
      return Optional.empty();
    }
    Fields responses = new Fields();
    for (Map.Entry<String, Node> one : wanted.entrySet()) {
      Answer answer =
          requests.request(one.getValue().text("method").orElse(""), one.getValue().get("params"));
      if (!(answer instanceof Answer.Gives(Node response))) {
        return Optional.empty();
      }
      responses.and(one.getKey(), response);
    }
    return Optional.of(responses.object());
  }

  /// Returns what a result wants to be answered that is not answered here.
  static List<String> wanted(Node result) {
    List<String> wanted = new ArrayList<>();
    result
        .fields("inputRequests")
        .values()
        .forEach(request -> wanted.add(request.text("method").orElse("something")));
    return wanted;
  }
}
