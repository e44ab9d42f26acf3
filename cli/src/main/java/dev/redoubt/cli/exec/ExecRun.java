// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.exec.ExecOptions.Undo;
import dev.redoubt.cli.guard.GuardEngine;
import dev.redoubt.cli.guard.GuardEngine.InFront;
import dev.redoubt.cli.sandbox.SandboxChoice;
import dev.redoubt.cli.sandbox.SandboxSettings;
import dev.redoubt.cli.undo.UndoSettings;
import dev.redoubt.cli.undo.UndoSettings.Recording;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Verdict;
import dev.redoubt.guard.network.NetworkRules;
import dev.redoubt.guard.policy.Judgement;
import dev.redoubt.guard.records.ActionDigest;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.Sandbox;
import dev.redoubt.sandbox.files.HostFileFacts;
import dev.redoubt.sandbox.network.Dialer;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.snapshots.Turn;
import dev.redoubt.sandbox.snapshots.TurnRecorder;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.Enclosure.Exits;
import dev.redoubt.sandbox.wall.EnvironmentRules;
import dev.redoubt.sandbox.wall.Wall;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.util.List;

/// One command on its way: judged, recorded for undo, given a way out, and performed.
final class ExecRun {

  private final Call call;
  private final ExecOptions options;
  private final SandboxSettings settings;
  private final UndoSettings undo;
  private final Backend backend;
  private final InFront guard;

  /// @throws RedoubtException if the sandbox does not work here or a policy is not understood
  ExecRun(Call call, ExecOptions options) {
    this.call = requireNonNull(call, "call");
    this.options = requireNonNull(options, "options");
    this.settings = SandboxSettings.of(call);
    this.undo = UndoSettings.of(call);
    this.backend = SandboxChoice.of(call, settings);
    this.guard = GuardEngine.inFront(call, options.workspace(), backend.holds());
  }

  /// Returns the name of the backend.
  String sandbox() {
    return backend.name();
  }

  /// Returns what came of `run`.
  Outcome perform(Action.Run run, EvidenceDecisionLog log) throws InterruptedException {
    Gate gate =
        new Gate(
            List.of(guard.guard()),
            options.asking().approval().approver(call, backend.holds()),
            log);
    return switch (gate.judge(run)) {
      case Verdict.Refused(String by, var decision) -> new Outcome.RefusedByGuard(by, decision);
      case Verdict.Permitted(Permit permit) ->
          isUndoable() && mayWrite(guard.guard().judge(run))
              ? recorded(run, permit, log)
              : outside(run, permit, log);
    };
  }

  private boolean isUndoable() {
    return options.asking().undo() == Undo.ON && undo.recording() == Recording.ON;
  }

  /* What may write is a turn that `redoubt undo` takes back. */
  private Outcome recorded(Action.Run run, Permit permit, EvidenceDecisionLog log)
      throws InterruptedException {
    TurnRecorder recorder =
        TurnRecorder.open(
            call.globals().dataDir(), options.workspace(), undo.limits(), call.world().clock());
    Turn turn = recorder.begin(ExecText.shown(run));
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
      turn.end();
    } catch (RedoubtException e) {
      CommandOutput.note(call, "redoubt: %s", RedoubtException.reason(e));
    }
  }

  private static boolean mayWrite(Judgement judgement) {
    return judgement.parts().stream().anyMatch(part -> mayWrite(part.effect()));
  }

  private static boolean mayWrite(Effect effect) {
    return switch (effect) {
      case Effect.Command(var _, Effect.Nature nature, var _) -> nature != Effect.Nature.HARMLESS;
      case Effect.File(Effect.Access access, var _) ->
          access == Effect.Access.WRITE || access == Effect.Access.DELETE;
      case Effect.Connect _ -> false;
      case Effect.Opaque _,
          Effect.CallTool _,
          Effect.StartServer _,
          Effect.SendToModel _,
          Effect.LoadConfig _ ->
          true;
    };
  }

  private Outcome outside(Action.Run run, Permit permit, EvidenceDecisionLog log)
      throws InterruptedException {
    EvidenceDecisionLog about = log.about(ActionDigest.of(run));
    try (Egress egress = Egress.open(call, backend, guard, about)) {
      Outcome outcome = inside(permit, egress.exits(), about);
      egress.tell(call);
      return outcome;
    } catch (WallException e) {
      return new Outcome.NotStarted(String.valueOf(e.getMessage()), e.fix());
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.NO_SANDBOX,
          "the sandbox \"%s\" failed: %s".formatted(backend.name(), RedoubtException.reason(e)),
          e);
    }
  }

  private Outcome inside(Permit permit, Exits exits, EvidenceDecisionLog log)
      throws IOException, InterruptedException {
    Wall wall =
        backend.open(
            new Enclosure(
                options.workspace(),
                call.world().home().toAbsolutePath(),
                call.globals().dataDir().toAbsolutePath(),
                EnvironmentRules.of(call.world().environment(), settings.passed()),
                exits,
                settings.limits()));
    Manner manner = new Manner(new Streams.Inherited(), options.allowed(), false);
    try (Sandbox sandbox =
        new Sandbox(wall, guard.guard(), new HostFileFacts(), Dialer.create(), NetworkRules.NONE)) {
      if (!sandbox.facts().isEmpty()) {
        log.surrounded(sandbox.name(), sandbox.facts());
      }
      return sandbox.perform(permit, manner);
    }
  }
}
