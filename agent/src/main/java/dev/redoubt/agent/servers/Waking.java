// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import dev.redoubt.agent.api.Reasons;
import dev.redoubt.agent.api.Step;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.processes.RunningCommand;
import java.util.Optional;
import java.util.function.Supplier;

/// Starts a server that has ended since, before something is asked of it.
final class Waking {

  private Waking() {}

  /// Returns `then`, after the start of `server` when it does not run.
  static Step before(McpServer server, Supplier<Step> then) {
    return server.isConnected() || server.plan().isRemote()
        ? then.get()
        : new Step.Perform(
            server.plan().action(), Manner.quiet(), outcome -> started(server, outcome, then));
  }

  private static Step started(McpServer server, Outcome outcome, Supplier<Step> then) {
    if (!(outcome instanceof Outcome.Runs(RunningCommand command))) {
      return Step.Done.failed(
          "the server %s could not be started: %s"
              .formatted(server.plan().name(), Reasons.of(outcome)));
    }
    try {
      Optional<String> problem = server.meet(command);
      return problem.isPresent() ? Step.Done.failed(problem.get()) : then.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Step.Done.failed("it was cancelled before the server was asked");
    }
  }
}
