// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.bench;

import dev.redoubt.evidence.Entry;
import dev.redoubt.evidence.Event;
import dev.redoubt.evidence.EvidenceFolder;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.evidence.Keys;
import dev.redoubt.evidence.Payload;
import dev.redoubt.evidence.StreamReport;
import dev.redoubt.evidence.StreamSource;
import dev.redoubt.evidence.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
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
import org.openjdk.jmh.annotations.Threads;

/// Appends of many threads, the opening of a long stream for one entry, and the verification of
/// what was appended. Not final: JMH extends it.
@State(Scope.Benchmark)
public class EvidenceBenchmark {

  private static final int LONG_STREAM = 400_000;
  private static final int WRITERS = 256;

  private Path data = Path.of("");
  private Path finished = Path.of("");
  private EvidenceLog log = openNothing();

  private static EvidenceLog openNothing() {
    try {
      return EvidenceLog.open(Files.createTempDirectory("evidence-"), "nothing", Clock.systemUTC());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Returns a decision as the guard writes it, some 700 bytes with what stands around it.
  static Event decision() {
    return new Event(
        "decision",
        "claude-code",
        new Payload()
            .text("action", "run")
            .text("decision", "allow")
            .text("digest", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
            .texts("environment", List.of("CI", "JAVA_HOME"))
            .text("folder", "/home/me/projects/service")
            .text("guard", "built-in")
            .text("input", "nothing")
            .text("line", "grep -rn TODO src | head -n 20")
            .text("reason", "reads the workspace and changes nothing")
            .text("rule", "command.harmless")
            .object());
  }

  /// Writes a stream of some 250 MB.
  @Setup(Level.Trial)
  public void write() throws IOException, InterruptedException {
    log.close();
    data = Files.createTempDirectory("evidence-");
    finished = Files.createTempDirectory("evidence-");
    try (EvidenceLog whole = EvidenceLog.open(finished, "bench", Clock.systemUTC())) {
      List<Thread> writers =
          Stream.generate(() -> Thread.ofVirtual().start(() -> append(whole)))
              .limit(WRITERS)
              .toList();
      for (Thread writer : writers) {
        writer.join();
      }
    }
    log = EvidenceLog.open(data, "bench", Clock.systemUTC());
  }

  private static void append(EvidenceLog log) {
    for (int i = 0; i < LONG_STREAM / WRITERS; i++) {
      log.append(decision());
    }
  }

  /// Removes what was written.
  @TearDown(Level.Trial)
  public void remove() throws IOException {
    log.close();
    for (Path folder : List.of(data, finished)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /// Appends one entry, durably.
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  @Threads(WRITERS)
  public Entry append() {
    return log.append(decision());
  }

  /// Opens the long stream, appends one entry and closes it, sealed.
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public Entry openForOne() {
    try (EvidenceLog one = EvidenceLog.open(finished, "bench", Clock.systemUTC())) {
      return one.append(decision());
    }
  }

  /// Verifies the long stream.
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public StreamReport verify() throws IOException {
    EvidenceFolder folder = EvidenceFolder.in(finished);
    return new Verifier(new Keys(folder.keys()).open(), new HashSet<>(), 2)
        .verify(StreamSource.of(folder, "bench"));
  }
}
