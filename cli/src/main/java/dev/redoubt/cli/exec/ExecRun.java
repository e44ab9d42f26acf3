// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Cancellation;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.sandbox.SandboxSettings.Writes;
import dev.redoubt.cli.undo.UndoText;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Verdict;
import dev.redoubt.guard.records.ActionDigest;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.Sandbox;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.snapshots.StagedWrites;
import dev.redoubt.sandbox.snapshots.Turn;
import dev.redoubt.sandbox.snapshots.TurnRecorder;
import dev.redoubt.sandbox.staging.StagingArea;
import dev.redoubt.sandbox.wall.Enclosure.Exits;
import dev.redoubt.sandbox.wall.Staging;
import dev.redoubt.sandbox.wall.Tether;
import dev.redoubt.sandbox.wall.Undone;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One command on its way: judged, recorded for undo, given a way out, and performed.
final class ExecRun {

  private final Call call;
  private final ExecOptions options;
  private final Cancellation cancellation;
  private Optional<Undone> undone = Optional.empty();
  private final Premises premises;
  private final Streams streams;

  /// @param cancellation says when to end early
  /// @throws RedoubtException if the sandbox does not work here or a policy is not understood
  ExecRun(Call call, ExecOptions options, Cancellation cancellation) {
    this(call, options, cancellation, new Streams.Inherited());
  }

  /// @param streams where the streams of the command go
  ExecRun(Call call, ExecOptions options, Cancellation cancellation, Streams streams) {
    this.streams = requireNonNull(streams, "streams");
    this.call = requireNonNull(call, "call");
    this.options = requireNonNull(options, "options");
    this.cancellation = requireNonNull(cancellation, "cancellation");
    this.premises = new Premises(call, options.workspace());
  }

  private String sandbox() {
    return premises.backend().name();
  }

  /// Returns where and how it was done.
  ExecReport.Place place(Optional<Outcome> outcome, long millis) {
    return new ExecReport.Place(
        options.argv(),
        new ExecReport.Inside(sandbox(), premises.writes().word(), undone),
        options.workspace().toString(),
        options.folder().toString(),
        millis,
        outcome.flatMap(
            came -> came instanceof Outcome.Ran(var ended) ? ended.usage() : Optional.empty()));
  }

  /// Returns what came of `run`.
  ///
  /// @throws InterruptedException if it was cancelled; whatever it had begun has ended
  Outcome perform(Action.Run run, EvidenceDecisionLog log) throws InterruptedException {
    Approver approver = options.approval().approver(call, premises.backend().holds());
    Gate gate =
        new Gate(
            List.of(premises.guard().guard()),
            (action, question) -> cancellation.during(() -> approver.approves(action, question)),
            log);
    return switch (gate.judge(run)) {
      case Verdict.Refused(String by, var decision) -> new Outcome.RefusedByGuard(by, decision);
      case Verdict.Permitted(Permit permit) ->
          premises.writes() == Writes.STAGED
              ? staged(run, permit, log)
              : premises.isUndoable() && premises.mayWrite(run)
                  ? recorded(run, permit, log)
                  : outside(run, permit, log);
    };
  }

  /* Nothing of the workspace changes, so there is no turn: applying is one. */
  private Outcome staged(Action.Run run, Permit permit, EvidenceDecisionLog log)
      throws InterruptedException {
    Path dataDir = call.globals().dataDir().toAbsolutePath();
    return switch (premises.backend().staging(dataDir)) {
      case Staging.Support.Missing(String reason, String fix) ->
          new Outcome.NotStarted(reason, fix);
      case Staging.Support.FileTools _ -> outside(run, permit, log);
      case Staging.Support.AllWrites _ -> captured(run, permit, log);
    };
  }

  private Outcome captured(Action.Run run, Permit permit, EvidenceDecisionLog log)
      throws InterruptedException {
    StagedWrites writes = premises.staged();
    String what = TurnRecorder.shown(ExecText.shown(run));
    try (StagingArea.Held _ = writes.area().hold(what)) {
      writes.begin(what);
      try {
        return outside(run, permit, log);
      } finally {
        endStaging(writes, what);
      }
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNWRITABLE,
          "writes cannot be staged in \"%s\": %s"
              .formatted(writes.area().folder(), RedoubtException.reason(e)),
          e);
    }
  }

  private void endStaging(StagedWrites writes, String what) {
    int count = writes.end(what);
    if (count > 0) {
      CommandOutput.note(
          call,
          "redoubt: staged: %s; redoubt staged shows, applies and discards",
          UndoText.paths(count));
    }
  }

  /* What may write is a turn that `redoubt undo` takes back. */
  private Outcome recorded(Action.Run run, Permit permit, EvidenceDecisionLog log)
      throws InterruptedException {
    Turn turn = premises.recorder().begin(ExecText.shown(run));
    turn.beforeWrite();
    turn.notes().forEach(note -> CommandOutput.note(call, "redoubt: %s", note));
    try {
      return outside(run, permit, log);
    } finally {
      end(turn);
    }
  }

  /* The command ran, so what came of it stands; the next command ends the turn. */
  private void end(Turn turn) {
    try {
      turn.end()
          .filter(record -> record.span().changed() > 0)
          .ifPresent(
              record -> Instructions.tell(call, premises.recorded().changes(record.number())));
    } catch (RedoubtException e) {
      CommandOutput.note(call, "redoubt: %s", RedoubtException.reason(e));
    }
  }

  private Outcome outside(Action.Run run, Permit permit, EvidenceDecisionLog log)
      throws InterruptedException {
    EvidenceDecisionLog about = log.about(ActionDigest.of(run));
    try (Egress egress = premises.egress(about)) {
      Outcome outcome = inside(permit, egress.exits(), about);
      egress.tell(call);
      return outcome;
    } catch (WallException e) {
      requireGoingOn();
      return new Outcome.NotStarted(String.valueOf(e.getMessage()), e.fix());
    } catch (IOException e) {
      requireGoingOn();
      throw new RedoubtException(
          ErrorCode.NO_SANDBOX,
          "the sandbox \"%s\" failed: %s".formatted(sandbox(), RedoubtException.reason(e)),
          e);
    }
  }

  private Outcome inside(Permit permit, Exits exits, EvidenceDecisionLog log)
      throws IOException, InterruptedException {
    Manner manner = new Manner(streams, options.allowed(), false);
    try (Sandbox sandbox = premises.open(exits, log)) {
      Outcome outcome = cancellation.during(() -> sandbox.perform(permit, manner));
      if (outcome instanceof Outcome.Ran(var ended)) {
        undone = ended.loss().flatMap(Tether.Loss::undone);
        ended
            .loss()
            .filter(loss -> loss.kind() == Tether.Loss.Kind.TOLD)
            .ifPresent(loss -> CommandOutput.note(call, "redoubt: %s", loss.reason()));
      }
      requireGoingOn();
      return outcome;
    }
  }

  /* What a wall says while it is being ended is not the reason: Ctrl-C also reaches a client of
   * docker or ssh. */
  private void requireGoingOn() throws InterruptedException {
    if (cancellation.isWanted()) {
      throw new InterruptedException("cancelled");
    }
  }
}
