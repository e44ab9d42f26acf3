// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.bench;

import dev.redoubt.sandbox.snapshots.SnapshotLimits;
import dev.redoubt.sandbox.snapshots.Turn;
import dev.redoubt.sandbox.snapshots.TurnRecord;
import dev.redoubt.sandbox.snapshots.TurnRecorder;
import dev.redoubt.sandbox.snapshots.Undo;
import dev.redoubt.sandbox.snapshots.Undo.OnConflict;
import dev.redoubt.sandbox.snapshots.UndoOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Turns in a workspace of 10,000 files. Not final: JMH extends it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class SnapshotBenchmark {

  private static final int FILES = 10_000;

  private Path work = Path.of("");
  private Path data = Path.of("");
  private int edits;

  /// Writes the workspace and records it, so that what follows is warm.
  @Setup(Level.Trial)
  public void write() throws IOException, InterruptedException {
    work = Files.createTempDirectory("snapshots-work-");
    data = Files.createTempDirectory("snapshots-data-");
    SourceTree.write(work, FILES, 1);
    // What was written less than two seconds ago is read again each time.
    TimeUnit.SECONDS.sleep(3);
    turn(data, false);
  }

  /// Removes everything.
  @TearDown(Level.Trial)
  public void remove() throws IOException {
    remove(work);
    remove(data);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private TurnRecord turn(Path in, boolean edit) throws IOException {
    TurnRecorder recorder = TurnRecorder.open(in, work, SnapshotLimits.DEFAULT, Clock.systemUTC());
    try (Turn turn = recorder.begin("edit")) {
      turn.beforeWrite();
      if (edit) {
        Files.writeString(work.resolve("edited.txt"), "edit " + edits++);
      }
      return turn.end().orElseThrow();
    }
  }

  /// Records a turn that changes one file: the state before and the state after.
  @Benchmark
  public TurnRecord turnThatChangesOneFile() throws IOException {
    return turn(data, true);
  }

  /// Records a turn that changes nothing.
  @Benchmark
  public TurnRecord turnThatChangesNothing() throws IOException {
    return turn(data, false);
  }

  /// Records the first turn, for which every file is read.
  @Benchmark
  public TurnRecord firstTurn() throws IOException {
    Path fresh = Files.createTempDirectory("snapshots-first-");
    try {
      return turn(fresh, false);
    } finally {
      remove(fresh);
    }
  }

  /// Takes a change of one file back and brings it again.
  @Benchmark
  public UndoOutcome undoAndRedo() throws IOException {
    turn(data, true);
    Undo undo = Undo.of(data, work, SnapshotLimits.DEFAULT, Clock.systemUTC());
    undo.undo(OptionalInt.empty(), OnConflict.LEAVE);
    return undo.redo(OnConflict.LEAVE);
  }
}
