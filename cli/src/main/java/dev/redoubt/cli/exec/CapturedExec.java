// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Cancellation;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.processes.Streams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Runs a command in the manner of `redoubt exec`, without input, and keeps what it wrote.
public final class CapturedExec {

  private final Call call;
  private final ExecOptions options;

  /// @param workspace the real path of the folder it may write and starts in
  /// @param approval what answers a question
  /// @param allowed how long it may take
  public CapturedExec(Call call, Path workspace, Approval approval, Duration allowed) {
    this.call = requireNonNull(call, "call");
    this.options =
        new ExecOptions(
            List.of("bash"),
            workspace,
            workspace,
            approval,
            Optional.of(allowed),
            Optional.empty());
  }

  /// Returns what came of `run`. Whatever it had begun has ended.
  ///
  /// @throws dev.redoubt.model.RedoubtException if the sandbox does not work here or a policy is
  ///   not understood
  /// @throws InterruptedException if it was cancelled
  public Outcome perform(Action.Run run, EvidenceDecisionLog log) throws InterruptedException {
    try (Cancellation cancellation = new Cancellation()) {
      return new ExecRun(call, options, cancellation, Streams.Captured.quiet()).perform(run, log);
    }
  }
}
