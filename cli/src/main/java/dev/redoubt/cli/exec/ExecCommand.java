// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.exec.ExecOptions.Undo;
import dev.redoubt.cli.guard.GuardEngine;
import dev.redoubt.cli.sandbox.SandboxChoice;
import dev.redoubt.cli.sandbox.SandboxSettings;
import dev.redoubt.cli.undo.UndoSettings;
import dev.redoubt.cli.undo.UndoSettings.Recording;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Verdict;
import dev.redoubt.guard.network.NetworkRules;
import dev.redoubt.guard.policy.Judgement;
import dev.redoubt.guard.policy.PolicyGuard;
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
import dev.redoubt.sandbox.wall.EnvironmentRules;
import dev.redoubt.sandbox.wall.Wall;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt exec`: performs one command through the gate and inside a sandbox.
///
/// The output of the command is its own, untouched, and so is its exit code once it ran.
public final class ExecCommand implements Command {

  private static final String STREAM = "exec";

  @Override
  public CommandSpec spec() {
    return ExecOptions.spec();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt exec -- git status",
        "redoubt exec --sandbox bubblewrap --approval workspace -- make test",
        "redoubt exec --sandbox auto --allow 'run:npm test' --report out.json -- npm test");
  }

  @Override
  public int run(Call call) {
    ExecOptions options = ExecOptions.of(call);
    SandboxSettings settings = SandboxSettings.of(call);
    Backend backend = SandboxChoice.of(call, settings);
    PolicyGuard guard = GuardEngine.guard(call, options.workspace(), backend.holds());
    Action.Run run =
        new Action.Run(
            new Program.Argv(options.argv()), options.folder(), Map.of(), Action.Input.OPEN);
    long start = System.nanoTime();
    try (EvidenceLog evidence =
        EvidenceLog.open(call.globals().dataDir(), STREAM, call.world().clock())) {
      Gate gate =
          new Gate(
              List.of(guard),
              options.asking().approval().approver(call, backend.holds()),
              new EvidenceDecisionLog(evidence, STREAM));
      Outcome outcome =
          switch (gate.judge(run)) {
            case Verdict.Refused(String by, var decision) ->
                new Outcome.RefusedByGuard(by, decision);
            case Verdict.Permitted(var permit) ->
                recorded(
                    call,
                    options,
                    guard,
                    run,
                    () -> perform(call, options, settings, new Walled(backend, guard), permit));
          };
      ExecReport report =
          ExecReport.of(outcome, backend.name(), options, (System.nanoTime() - start) / 1_000_000);
      evidence.append(report.event(run));
      report.tell(call);
      options.report().ifPresent(report::write);
      return report.exitCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CommandOutput.note(call, "redoubt: cancelled");
      return ExitCode.CANCELLED;
    }
  }

  private interface Work {
    Outcome done() throws InterruptedException;
  }

  /* What may write is a turn that `redoubt undo` takes back. */
  private static Outcome recorded(
      Call call, ExecOptions options, PolicyGuard guard, Action.Run run, Work work)
      throws InterruptedException {
    UndoSettings settings = UndoSettings.of(call);
    if (options.asking().undo() == Undo.OFF
        || settings.recording() == Recording.OFF
        || !mayWrite(guard.judge(run))) {
      return work.done();
    }
    TurnRecorder recorder =
        TurnRecorder.open(
            call.globals().dataDir(), options.workspace(), settings.limits(), call.world().clock());
    Turn turn = recorder.begin(ExecText.shown(run));
    turn.beforeWrite();
    turn.notes().forEach(note -> CommandOutput.note(call, "redoubt: %s", note));
    try {
      return work.done();
    } finally {
      end(call, turn);
    }
  }

  /* The command ran, so what came of it stands; the next command ends the turn. */
  private static void end(Call call, Turn turn) {
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

  private record Walled(Backend backend, Guard guard) {}

  private static Outcome perform(
      Call call, ExecOptions options, SandboxSettings settings, Walled walled, Permit permit)
      throws InterruptedException {
    Enclosure enclosure =
        new Enclosure(
            options.workspace(),
            call.world().home().toAbsolutePath(),
            call.globals().dataDir().toAbsolutePath(),
            EnvironmentRules.of(call.world().environment(), settings.passed()),
            new Enclosure.Exits.None(),
            settings.limits());
    try {
      Wall wall = walled.backend().open(enclosure);
      try (Sandbox sandbox =
          new Sandbox(
              wall, walled.guard(), new HostFileFacts(), Dialer.create(), NetworkRules.NONE)) {
        return sandbox.perform(
            permit, new Manner(new Streams.Inherited(), options.allowed(), false));
      }
    } catch (WallException e) {
      return new Outcome.NotStarted(String.valueOf(e.getMessage()), e.fix());
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.NO_SANDBOX,
          "the sandbox \"%s\" failed: %s"
              .formatted(walled.backend().name(), RedoubtException.reason(e)),
          e);
    }
  }
}
