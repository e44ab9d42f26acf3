// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolCall;
import dev.redoubt.agent.api.ToolResult;
import dev.redoubt.agent.engine.CallRunner.Called;
import dev.redoubt.agent.sessions.Cancelled;
import dev.redoubt.evidence.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Runs the calls of one answer: those that only look overlap with their neighbours, all others
/// wait for what comes before them.
final class CallGroups {

  /* Each may hold a whole file. */
  private static final int MOST_AT_ONCE = 8;

  private final CallRunner runner;
  private final Toolbox tools;
  private final Journal journal;

  CallGroups(CallRunner runner, Toolbox tools, Journal journal) {
    this.runner = requireNonNull(runner, "runner");
    this.tools = requireNonNull(tools, "tools");
    this.journal = requireNonNull(journal, "journal");
  }

  /// Returns one result a call, in their order. After an interrupt, which stays set, the calls that
  /// did not begin have a result that says so.
  List<Called> run(List<ToolCall> calls) {
    List<Called> results = new ArrayList<>(calls.size());
    int next = 0;
    while (next < calls.size()) {
      int end = next + 1;
      while (looks(calls.get(next)) && end < calls.size() && looks(calls.get(end))) {
        end++;
      }
      if (Thread.currentThread().isInterrupted()) {
        calls.subList(next, end).forEach(call -> results.add(cancelled(call)));
      } else if (end == next + 1) {
        results.add(runner.run(calls.get(next)));
      } else {
        results.addAll(together(calls.subList(next, end)));
      }
      next = end;
    }
    return results;
  }

  private boolean looks(ToolCall call) {
    return tools.named(call.tool()).map(Tool::access).filter(Tool.Access.READS::equals).isPresent();
  }

  private Called cancelled(ToolCall call) {
    ToolResult result = Cancelled.result(call, false);
    boolean interrupted = Thread.interrupted();
    journal.write(
        new AgentEvent.Returned(result, call.tool(), new Payload().object(), Duration.ZERO));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return new Called(result, Optional.empty());
  }

  private List<Called> together(List<ToolCall> calls) {
    AtomicReferenceArray<@Nullable Called> results = new AtomicReferenceArray<>(calls.size());
    AtomicReferenceArray<@Nullable RuntimeException> failures =
        new AtomicReferenceArray<>(calls.size());
    List<Thread> threads = new ArrayList<>(calls.size());
    Semaphore room = new Semaphore(MOST_AT_ONCE);
    for (int i = 0; i < calls.size(); i++) {
      int at = i;
      threads.add(
          Thread.ofVirtual()
              .name("call-" + calls.get(i).tool())
              .start(() -> {
                room.acquireUninterruptibly();
                try {
                  results.set(at, runner.run(calls.get(at)));
                } catch (RuntimeException e) {
                  failures.set(at, e);
                } finally {
                  room.release();
                }
              }));
    }
    join(threads);
    List<Called> inOrder = new ArrayList<>(calls.size());
    for (int i = 0; i < calls.size(); i++) {
      RuntimeException failure = failures.get(i);
      if (failure != null) {
        throw failure;
      }
      inOrder.add(requireNonNull(results.get(i), "a call that ended has a result"));
    }
    return inOrder;
  }

  private static void join(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          threads.forEach(Thread::interrupt);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
