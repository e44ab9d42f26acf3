// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.mcp.rpc.RpcCall;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcPeer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One call of a tool as a task, as 2025-11-25 has it: the server says at once that it works on it,
/// is asked how far it is, and gives the result at the end. For one thread.
///
/// A task nobody waits for any more is cancelled, when the server lets that be done.
final class TaskCall {

  private static final long LEAST_MILLIS = 100;
  private static final long USUAL_MILLIS = 1_000;
  private static final long MOST_MILLIS = 10_000;
  private static final int LONGEST_ID = 1_024;
  private static final List<String> ENDED = List.of("completed", "failed", "cancelled");

  private final RpcPeer peer;
  private final Greeting.Met met;
  private final Rounds.Patience patience;
  private final long end;
  private @Nullable RpcCall result;

  /// @param patience how long nothing may be heard of one question, and the time for all of them
  TaskCall(RpcPeer peer, Greeting.Met met, Rounds.Patience patience) {
    this.peer = requireNonNull(peer, "peer");
    this.met = requireNonNull(met, "met");
    this.patience = requireNonNull(patience, "patience");
    this.end = System.nanoTime() + patience.most().toNanos();
  }

  /// Returns whether a server that has been met takes calls of tools as tasks.
  static boolean isOffered(Greeting.Met met) {
    return met.self().era() == Era.SESSION
        && met.capabilities()
            .get("tasks")
            .flatMap(tasks -> tasks.get("requests"))
            .flatMap(requests -> requests.get("tools"))
            .flatMap(tools -> tools.get("call"))
            .isPresent();
  }

  /// Returns whether `tool` is to be called as a task.
  static boolean isWantedBy(Node tool) {
    String support =
        tool.get("execution").flatMap(execution -> execution.text("taskSupport")).orElse("");
    return support.equals("required") || support.equals("optional");
  }

  /// Returns what came of the call that `params` describe.
  CallAnswer ask(Node.Obj params) throws InterruptedException {
    Fields lifetime =
        new Fields().and("ttl", new Node.Num(String.valueOf(patience.most().toMillis()), 1));
    Node.Obj asked = new Fields().all(params.fields()).and("task", lifetime.object()).object();
    RpcAnswer created =
        peer.ask("tools/call", id -> Optional.of(met.with(asked, id)))
            .await(patience.idle(), left());
    if (!(created instanceof RpcAnswer.Replied(Node answer)) || answer.get("task").isEmpty()) {
      // It may do it at once, whatever it said of its tools.
      return CallAnswer.of(created);
    }
    Node task = answer.get("task").orElseThrow();
    Optional<String> id =
        task.text("taskId").filter(text -> !text.isEmpty() && text.length() <= LONGEST_ID);
    return id.isPresent()
        ? followed(id.get(), task)
        : new CallAnswer.Broken("began a task and did not say what it is called");
  }

  private CallAnswer followed(String id, Node begun) throws InterruptedException {
    boolean over = false;
    try {
      CallAnswer answer = answer(id, begun);
      over = answer instanceof CallAnswer.Came || answer instanceof CallAnswer.Refused;
      return answer;
    } finally {
      if (!over) {
        cancel(id);
      }
    }
  }

  private CallAnswer answer(String id, Node begun) throws InterruptedException {
    Node task = begun;
    while (true) {
      String status = task.text("status").orElse("");
      if (ENDED.contains(status)) {
        return CallAnswer.of(resultOf(id).await(patience.idle(), left()));
      }
      if (!status.equals("working") && !status.equals("input_required")) {
        return new CallAnswer.Broken("says of its task something that is not known");
      }
      // What it wants to know it asks while the result is waited for.
      if (status.equals("input_required")) {
        resultOf(id);
      }
      Optional<RpcAnswer> early = waited(task);
      if (early.isPresent()) {
        return CallAnswer.of(early.get());
      }
      if (left().toMillis() <= 0) {
        return new CallAnswer.Broken(
            "did not end its task within %d s".formatted(patience.most().toSeconds()));
      }
      switch (peer.ask("tasks/get", named(id)).await(patience.idle(), left())) {
        case RpcAnswer.Replied(Node state) -> {
          if (!state.text("taskId").equals(Optional.of(id))) {
            return new CallAnswer.Broken("answered with another task than it was asked for");
          }
          task = state;
        }
        case RpcAnswer.Failed(RpcError error) -> {
          return new CallAnswer.Broken("lost its task: %s".formatted(error.message()));
        }
        case RpcAnswer.Late late -> {
          return CallAnswer.of(late);
        }
        case RpcAnswer.Lost lost -> {
          return CallAnswer.of(lost);
        }
      }
    }
  }

  /* Asked for once; it is answered when the task ends. */
  private RpcCall resultOf(String id) {
    RpcCall asked = result;
    if (asked == null) {
      asked = peer.ask("tasks/result", named(id));
      result = asked;
    }
    return asked;
  }

  /* Until it is time to ask again, or the result is there. */
  private Optional<RpcAnswer> waited(Node task) throws InterruptedException {
    Duration pause = Duration.ofMillis(Math.min(pause(task), Math.max(0, left().toMillis())));
    RpcCall asked = result;
    if (asked != null) {
      return asked.within(pause);
    }
    if (new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("nobody counts it down");
    }
    return Optional.empty();
  }

  private static long pause(Node task) {
    String told = task.scalar("pollInterval").orElse("");
    if (told.isEmpty() || told.length() > 9 || !told.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return USUAL_MILLIS;
    }
    return Math.clamp(Long.parseLong(told), LEAST_MILLIS, MOST_MILLIS);
  }

  private void cancel(String id) {
    boolean can = met.capabilities().get("tasks").flatMap(tasks -> tasks.get("cancel")).isPresent();
    if (can) {
      // Nobody waits for the answer.
      peer.ask("tasks/cancel", named(id));
    }
  }

  private Optional<Node> named(String id) {
    return Optional.of(met.with(new Fields().and("taskId", id).object()));
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }
}
