// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.engine.Performer;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.exec.Egress;
import dev.redoubt.cli.exec.Instructions;
import dev.redoubt.cli.exec.Premises;
import dev.redoubt.cli.sandbox.SandboxSettings.Writes;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.Sandbox;
import dev.redoubt.sandbox.snapshots.PathChange;
import dev.redoubt.sandbox.snapshots.StagedChange;
import dev.redoubt.sandbox.snapshots.StagedWrites;
import dev.redoubt.sandbox.snapshots.Turn;
import dev.redoubt.sandbox.snapshots.TurnRecord;
import dev.redoubt.sandbox.snapshots.TurnRecorder;
import dev.redoubt.sandbox.staging.StagingArea;
import dev.redoubt.sandbox.wall.Staging;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Performs what a session may do, in one sandbox that is opened when it is needed first, and
/// records the workspace before the first change of each prompt. Safe to share.
final class SessionWorld implements Performer, AutoCloseable {

  private final Call call;
  private final Premises premises;
  private final EvidenceDecisionLog log;
  private final TreeSet<String> touched = new TreeSet<>();
  private @Nullable Egress egress;
  private @Nullable Sandbox sandbox;
  private @Nullable Turn turn;
  private final Optional<StagedWrites> staged;
  private StagingArea.@Nullable Held held;
  private String what = "";
  private boolean staging;

  /// @param log where decisions about connections of commands are written
  SessionWorld(Call call, Premises premises, EvidenceDecisionLog log) {
    this.call = requireNonNull(call, "call");
    this.premises = requireNonNull(premises, "premises");
    this.log = requireNonNull(log, "log");
    this.staged =
        premises.writes() == Writes.STAGED ? Optional.of(premises.staged()) : Optional.empty();
  }

  /// Begins what `redoubt undo` takes back as one.
  synchronized void begin(String what) {
    touched.clear();
    this.what = TurnRecorder.shown(what);
    turn = premises.isUndoable() ? premises.recorder().begin(what) : null;
  }

  @Override
  public Outcome perform(Permit permit, Manner manner) {
    Sandbox open;
    try {
      open = ready(permit.action());
    } catch (WallException e) {
      return new Outcome.NotStarted(String.valueOf(e.getMessage()), e.fix());
    } catch (IOException e) {
      return new Outcome.NotStarted(RedoubtException.reason(e), "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return cancelled();
    } catch (RedoubtException e) {
      // An interrupt also ends reading the files of a large workspace, as if they could not be
      // read.
      if (Thread.currentThread().isInterrupted()) {
        return cancelled();
      }
      throw e;
    }
    return open.perform(permit, manner);
  }

  private static Outcome cancelled() {
    return new Outcome.NotStarted("it was cancelled before it started", "");
  }

  private synchronized Sandbox ready(Action action) throws IOException, InterruptedException {
    Sandbox open = sandbox;
    if (open == null) {
      Egress way = premises.egress(log);
      egress = way;
      open =
          staged.isPresent()
              ? premises.open(way.exits(), log, staged.get().area())
              : premises.open(way.exits(), log);
      sandbox = open;
    }
    boolean writes = premises.mayWrite(action);
    Turn recording = turn;
    if (writes && recording != null) {
      recording.beforeWrite();
    }
    if (staged.isPresent() && (writes || isOverlaid(action))) {
      stage(staged.get());
    }
    if (writes) {
      touch(action);
    }
    return open;
  }

  /* Also a command that only looks has the overlay mounted, which nobody else may have then. */
  private boolean isOverlaid(Action action) {
    boolean starts = action instanceof Action.Run || action instanceof Action.StartServer;
    return starts
        && premises.backend().staging(call.globals().dataDir().toAbsolutePath())
            instanceof Staging.Support.AllWrites;
  }

  /* The area is this session's until it ends; what is staged over is recorded for each prompt. */
  private void stage(StagedWrites writes) throws IOException {
    if (held == null) {
      held = held(writes.area());
    }
    if (!staging) {
      writes.begin(what);
      staging = true;
    }
  }

  /* Whoever has it may be done soon: the session goes on. */
  private StagingArea.Held held(StagingArea area) throws IOException {
    try {
      return area.hold(what);
    } catch (RedoubtException e) {
      if (e.code() != ErrorCode.UNWRITABLE) {
        throw e;
      }
      throw WallException.cannotStart(RedoubtException.reason(e), "");
    }
  }

  private void touch(Action action) {
    if (action instanceof Action.Write(Path path, var _)) {
      touched.add(shown(path));
    } else if (action instanceof Action.Delete(Path path)) {
      touched.add(shown(path));
    }
  }

  private String shown(Path path) {
    Path workspace = premises.workspace();
    return (path.startsWith(workspace) ? workspace.relativize(path) : path).toString();
  }

  /// Ends what was begun, with every command that was left running, and returns the paths that were
  /// changed, sorted. Without a record of the workspace these are the files that tools wrote; what
  /// commands changed is then not known.
  synchronized List<String> end() {
    Sandbox open = sandbox;
    if (open != null) {
      // What still runs would write behind the back of the record.
      open.endAll();
    }
    if (staged.isPresent() && staging) {
      staging = false;
      staged.get().end(what);
      return staged.get().list().stream().map(StagedChange::path).toList();
    }
    Turn recorded = turn;
    turn = null;
    if (recorded == null) {
      return List.copyOf(touched);
    }
    try {
      recorded.notes().forEach(note -> CommandOutput.note(call, "redoubt: %s", note));
      Optional<TurnRecord> record = recorded.end();
      if (record.isPresent() && record.get().span().changed() > 0) {
        return changes(record.get().number());
      }
      return List.of();
    } catch (RedoubtException e) {
      CommandOutput.note(call, "redoubt: %s", RedoubtException.reason(e));
      return List.copyOf(touched);
    }
  }

  private List<String> changes(int number) {
    List<PathChange> changes = premises.recorded().changes(number);
    Instructions.tell(call, changes);
    return changes.stream().map(PathChange::path).toList();
  }

  @Override
  public synchronized void close() {
    Sandbox open = sandbox;
    try (StagingArea.Held _ = held;
        Egress way = egress) {
      if (way != null) {
        way.tell(call);
      }
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.NO_SANDBOX,
          "the sandbox cannot be taken down: %s".formatted(RedoubtException.reason(e)),
          e);
    }
  }
}
