// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.bench;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.advisory.database.EcosystemAdvisories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// Components looked up in a compiled database, per second on one core.
///
/// `bench.data` names a folder that `compile` wrote, `bench.export` the export behind it. Not
/// final: JMH extends it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class MatchBenchmark {

  private static final int COMPONENTS = 4_096;

  /// How many components in a thousand the database has something to say about.
  @Param({"0", "10", "100"})
  public int hitsPerThousand;

  private final List<PackageLock.Pinned> components = new ArrayList<>();
  private final EcosystemAdvisories advisories =
      AdvisoryDatabase.open(Path.of(System.getProperty("bench.data", "data")))
          .ecosystem("npm")
          .orElseThrow();

  /// Mixes names the database knows with names it does not.
  @Setup
  public void mix() throws IOException {
    int hits = COMPONENTS * hitsPerThousand / 1_000;
    Path export = Path.of(System.getProperty("bench.export", "npm.zip"));
    components.addAll(KnownPackages.sample(export, hits, 1));
    Random random = new Random(1);
    Names names = new Names(random);
    while (components.size() < COMPONENTS) {
      components.add(new PackageLock.Pinned(names.npm(), names.version()));
    }
    Collections.shuffle(components, random);
  }

  /// Looks every component up once.
  @Benchmark
  @OperationsPerInvocation(COMPONENTS)
  public void lookUp(Blackhole sink) {
    for (PackageLock.Pinned component : components) {
      sink.consume(advisories.match(component.name(), component.version()));
    }
  }
}
