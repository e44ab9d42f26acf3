// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.guard.GuardEngine;
import dev.redoubt.cli.guard.GuardEngine.InFront;
import dev.redoubt.cli.sandbox.SandboxChoice;
import dev.redoubt.cli.sandbox.SandboxSettings;
import dev.redoubt.cli.undo.UndoSettings;
import dev.redoubt.cli.undo.UndoSettings.Recording;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.network.NetworkRules;
import dev.redoubt.guard.policy.Judgement;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.sandbox.Sandbox;
import dev.redoubt.sandbox.files.HostFileFacts;
import dev.redoubt.sandbox.network.Dialer;
import dev.redoubt.sandbox.snapshots.SnapshotLimits;
import dev.redoubt.sandbox.snapshots.TurnRecorder;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.Enclosure.Exits;
import dev.redoubt.sandbox.wall.EnvironmentRules;
import dev.redoubt.sandbox.wall.Wall;
import java.io.IOException;
import java.nio.file.Path;

/// Where the effects of one call happen: the guard in front of them, the wall around them, and
/// whether they can be taken back.
public final class Premises {

  private final Call call;
  private final Path workspace;
  private final SandboxSettings settings;
  private final UndoSettings undo;
  private final Backend backend;
  private final InFront guard;

  /// @param workspace the real path of the folder that may be written
  /// @throws dev.redoubt.model.RedoubtException if the sandbox does not work here or a policy is
  ///   not understood
  public Premises(Call call, Path workspace) {
    this.call = requireNonNull(call, "call");
    this.workspace = requireNonNull(workspace, "workspace");
    this.settings = SandboxSettings.of(call);
    this.undo = UndoSettings.of(call);
    this.backend = SandboxChoice.of(call, settings);
    this.guard = GuardEngine.inFront(call, workspace, backend.holds());
  }

  /// Returns the folder that may be written.
  public Path workspace() {
    return workspace;
  }

  /// Returns the backend.
  public Backend backend() {
    return backend;
  }

  /// Returns the guard.
  public InFront guard() {
    return guard;
  }

  /// Returns whether what may write is recorded, so that it can be taken back.
  public boolean isUndoable() {
    return !call.has("--no-undo") && undo.recording() == Recording.ON;
  }

  /// Returns what records it.
  public TurnRecorder recorder() {
    return TurnRecorder.open(
        call.globals().dataDir(), workspace, undo.limits(), call.world().clock());
  }

  /// Returns how much is recorded.
  public SnapshotLimits undoLimits() {
    return undo.limits();
  }

  /// Returns a way out for the connections that the operator allows.
  ///
  /// @param log where each decision about a connection is written
  public Egress egress(EvidenceDecisionLog log) throws IOException {
    return Egress.open(call, backend, guard, log);
  }

  /// Opens the sandbox, and writes down what really surrounds commands when its name does not say.
  /// Whoever takes it closes it.
  ///
  /// @throws dev.redoubt.sandbox.wall.WallException if it cannot start
  public Sandbox open(Exits exits, EvidenceDecisionLog log)
      throws IOException, InterruptedException {
    Wall wall =
        backend.open(
            new Enclosure(
                workspace,
                call.world().home().toAbsolutePath(),
                call.globals().dataDir().toAbsolutePath(),
                EnvironmentRules.of(call.world().environment(), settings.passed()),
                exits,
                settings.limits()));
    Sandbox sandbox =
        new Sandbox(wall, guard.guard(), new HostFileFacts(), Dialer.create(), NetworkRules.NONE);
    if (!sandbox.facts().isEmpty()) {
      log.surrounded(sandbox.name(), sandbox.facts());
    }
    return sandbox;
  }

  /// Returns whether `action` may change something in the workspace.
  public boolean mayWrite(Action action) {
    Judgement judgement = guard.guard().judge(action);
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
}
