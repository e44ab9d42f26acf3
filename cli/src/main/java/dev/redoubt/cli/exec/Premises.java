// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.guard.GuardEngine;
import dev.redoubt.cli.guard.GuardEngine.InFront;
import dev.redoubt.cli.sandbox.ExitSettings;
import dev.redoubt.cli.sandbox.LeftBehind;
import dev.redoubt.cli.sandbox.SandboxChoice;
import dev.redoubt.cli.sandbox.SandboxSettings;
import dev.redoubt.cli.sandbox.SandboxSettings.Writes;
import dev.redoubt.cli.undo.UndoSettings;
import dev.redoubt.cli.undo.UndoSettings.Recording;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.network.NetworkRules;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.sandbox.Sandbox;
import dev.redoubt.sandbox.files.HostFileFacts;
import dev.redoubt.sandbox.git.GitPerson;
import dev.redoubt.sandbox.network.Dialer;
import dev.redoubt.sandbox.snapshots.StagedWrites;
import dev.redoubt.sandbox.snapshots.TurnRecorder;
import dev.redoubt.sandbox.snapshots.Undo;
import dev.redoubt.sandbox.staging.StagingArea;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.Enclosure.Exits;
import dev.redoubt.sandbox.wall.EnvironmentRules;
import dev.redoubt.sandbox.wall.Staging;
import dev.redoubt.sandbox.wall.Wall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Where the effects of one call happen: the guard in front of them, the wall around them, and
/// whether they can be taken back.
public final class Premises {

  private final Call call;
  private final Path workspace;
  private final SandboxSettings settings;
  private final UndoSettings undo;
  private final Backend backend;
  private final InFront guard;
  private final Writes writes;
  private final List<Path> kept;
  private final List<Enclosure.Mount> mounts;

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
    this.writes = SandboxChoice.writes(call, settings);
    this.kept = List.of();
    this.mounts = List.of();
  }

  private Premises(Premises original, List<Enclosure.Mount> mounts) {
    this.call = original.call;
    this.workspace = original.workspace;
    this.settings = original.settings;
    this.undo = original.undo;
    this.backend = original.backend;
    this.guard = original.guard;
    this.writes = original.writes;
    this.kept = original.kept;
    this.mounts = List.copyOf(mounts);
  }

  private Premises(Premises original, Path copy) {
    this.call = original.call;
    this.workspace = requireNonNull(copy, "copy");
    this.settings = original.settings;
    this.undo = original.undo;
    this.backend = original.backend;
    this.guard =
        GuardEngine.inFrontOfCopy(call, original.workspace, copy, original.backend.holds());
    this.writes = Writes.DIRECT;
    // What is masked in the workspace would be bare from here, and so would other copies.
    this.kept = List.of(original.workspace, requireNonNull(copy.getParent()));
    this.mounts = original.mounts;
  }

  /// Returns the same premises in which commands see besides what `--sandbox-mount` names.
  ///
  /// @throws dev.redoubt.cli.UsageException if that is malformed, sensitive, or nothing the backend
  ///   can show
  public Premises mounting() {
    return new Premises(this, MountOptions.of(call, this));
  }

  /// Returns the same premises around `copy`, a real path: a copy of the workspace, of which
  /// nothing reaches that by itself. So writes go there directly, even when they are staged here.
  /// Nothing in the workspace, and nothing beside the copy, is seen from there where the backend
  /// hides anything.
  public Premises around(Path copy) {
    return new Premises(this, copy);
  }

  /// Returns where writes go.
  public Writes writes() {
    return writes;
  }

  /// Returns what is staged, when writes are.
  public StagedWrites staged() {
    return StagedWrites.of(
        call.globals().dataDir(), workspace, undo.limits(), call.world().clock());
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

  /// Returns what surrounds effects here, each as a SHA-256: it is the same in two places only when
  /// an effect finds the same wall, the same way out and the same place for writes in both.
  public Map<String, String> surroundings() {
    return Map.of(
        "backend", digest(backend.name()),
        "wall", digest(backend.holds()),
        "writes", digest(writes),
        "network", digest(guard.targets()),
        "exits", digest(settings.exits()),
        "passed", digest(settings.passed()),
        "limits", digest(settings.limits()),
        "docker", digest(settings.backends().docker()),
        "ssh", digest(settings.backends().ssh()));
  }

  private static String digest(Object value) {
    return Content.of(value.toString()).sha256();
  }

  /// Returns whether what may write is recorded, so that it can be taken back. What is staged is
  /// not: applying it is.
  public boolean isUndoable() {
    return writes == Writes.DIRECT && !call.has("--no-undo") && undo.recording() == Recording.ON;
  }

  /// Returns what records it, after taking away what a command left that was killed with its
  /// Redoubt: that is no part of what comes.
  public TurnRecorder recorder() {
    LeftBehind.finish(call, workspace);
    return TurnRecorder.open(
        call.globals().dataDir(), workspace, undo.limits(), call.world().clock());
  }

  /// Returns what was recorded, to be looked at.
  public Undo recorded() {
    return Undo.of(call.globals().dataDir(), workspace, undo.limits(), call.world().clock());
  }

  /// Returns a way out for the connections that the operator allows.
  ///
  /// @param log where each decision about a connection is written
  public Egress egress(EvidenceDecisionLog log) throws IOException {
    ExitSettings exits =
        call.has("--inspect-tls") ? settings.exits().inspecting() : settings.exits();
    return Egress.open(call, this, exits, log);
  }

  /// Opens the sandbox with writes as they are configured. When they are staged, whoever takes it
  /// holds the area and brackets what may write with [StagedWrites#begin] and [StagedWrites#end].
  ///
  /// @throws dev.redoubt.sandbox.wall.WallException if it cannot start
  public Sandbox open(Exits exits, EvidenceDecisionLog log)
      throws IOException, InterruptedException {
    return open(exits, log, staged().area());
  }

  /// Opens the sandbox, and writes down what really surrounds commands when its name does not say.
  /// Whoever takes it closes it.
  ///
  /// @param area where writes are staged, if they are
  /// @throws dev.redoubt.sandbox.wall.WallException if it cannot start
  public Sandbox open(Exits exits, EvidenceDecisionLog log, StagingArea area)
      throws IOException, InterruptedException {
    LeftBehind.finish(call, workspace);
    Enclosure enclosure =
        new Enclosure(
            workspace,
            new Enclosure.Kept(
                call.world().home().toAbsolutePath(),
                call.globals().dataDir().toAbsolutePath(),
                kept,
                GitPerson.of(call.world().home().toAbsolutePath(), call.world().environment())),
            EnvironmentRules.of(call.world().environment(), settings.passed()),
            exits,
            settings.limits(),
            mounts);
    Wall wall =
        switch (writes) {
          case DIRECT -> backend.open(enclosure);
          case STAGED -> backend.open(enclosure, new Staging(area, this::mayWrite));
        };
    Sandbox sandbox =
        new Sandbox(
            wall,
            guard.guard(),
            new HostFileFacts(call.world().environment()),
            Dialer.create(),
            NetworkRules.NONE);
    if (!sandbox.facts().isEmpty()) {
      log.surrounded(sandbox.name(), sandbox.facts());
    }
    return sandbox;
  }

  /// Returns whether `action` may change something in the workspace.
  public boolean mayWrite(Action action) {
    return guard.guard().judge(action).mayWrite();
  }
}
