// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.bench;

import dev.redoubt.advisory.versions.VersionOrder;
import dev.redoubt.advisory.versions.VersionOrders;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/// Pairs of versions parsed and compared. Not final: JMH extends it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class VersionBenchmark {

  private static final int PAIRS = 1_024;

  /// The ecosystem, as OSV names it.
  @Param({
    "npm",
    "PyPI",
    "Maven",
    "Go",
    "RubyGems",
    "NuGet",
    "Packagist",
    "Debian",
    "Alpine",
    "Red Hat"
  })
  public String ecosystem = "npm";

  private VersionOrder order = VersionOrders.forEcosystem("npm").orElseThrow();
  private List<String> versions = List.of();

  /// Invents the versions.
  @Setup
  public void invent() {
    order = VersionOrders.forEcosystem(ecosystem).orElseThrow();
    Random random = new Random(1);
    Names names = new Names(random);
    String revision = List.of("Debian", "Alpine", "Red Hat").contains(ecosystem) ? "-r" : "";
    versions =
        Stream.generate(
                () -> names.version() + (revision.isEmpty() ? "" : revision + random.nextInt(9)))
            .limit(PAIRS + 1)
            .toList();
  }

  /// Compares every version with the next.
  @Benchmark
  @OperationsPerInvocation(PAIRS)
  public void compare(Blackhole sink) {
    for (int i = 0; i < PAIRS; i++) {
      sink.consume(order.compare(versions.get(i), versions.get(i + 1)));
    }
  }
}
