// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.bench;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.advisory.database.EcosystemAdvisories;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The compiled advisories opened and checked, once the system has them in memory. `bench.data`
/// names the folder. Not final: JMH extends it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class OpenBenchmark {

  private final Path data = Path.of(System.getProperty("bench.data", "data"));

  /// Opens the advisories of npm.
  @Benchmark
  public EcosystemAdvisories open() {
    return AdvisoryDatabase.open(data).ecosystem("npm").orElseThrow();
  }
}
