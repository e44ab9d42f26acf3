// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.shell.ParseResult.BashOnly;
import dev.redoubt.guard.shell.ParseResult.Parsed;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compares the tree with what the shells of the machine do. `-Dseed=…` starts elsewhere.
@NeedsEngine("bash")
class BashDifferenceTest {

  private static final long SEED = Long.getLong("seed", 20_260_101L);

  @TempDir Path folder;

  @Test
  void whatBashExecutesIsInTheTree() {
    Tally tally = new Tally();
    tally.compare(lines(200, Kind.MADE), RealBash.run(folder, lines(200, Kind.MADE)));

    assertThat(tally.missed).isEmpty();
    assertThat(tally.wronglyAccepted).isEmpty();
    assertThat(tally.understood).isGreaterThan(tally.accepted * 7 / 10);
    assertThat(tally.exact).isGreaterThan(tally.executed * 4 / 10);
  }

  @Test
  void whatBashExecutesOfBrokenLinesIsInTheTree() {
    Tally tally = new Tally();
    tally.compare(lines(500, Kind.MUTATED), RealBash.run(folder, lines(500, Kind.MUTATED)));

    assertThat(tally.missed).isEmpty();
    assertThat(tally.wronglyAccepted).isEmpty();
    assertThat(tally.exact).isGreaterThan(tally.executed * 4 / 10);
  }

  @Test
  void whatBashExecutesOfAwkwardLinesIsInTheTree() throws IOException {
    List<String> lines;
    try (InputStream text = getClass().getResourceAsStream("awkward-lines.txt")) {
      String all = new String(requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
      lines = List.of(all.split("\n%%\n", -1));
    }
    Tally tally = new Tally();
    tally.compare(lines, RealBash.run(folder, lines));

    assertThat(tally.missed).isEmpty();
    assertThat(tally.wronglyAccepted).isEmpty();
    assertThat(tally.understood).isGreaterThan(lines.size() * 8 / 10);
  }

  @Test
  void whatBashRejectsIsNotUnderstood() {
    Tally tally = new Tally();
    tally.compare(lines(2500, Kind.MUTATED), RealBash.read(folder, lines(2500, Kind.MUTATED)));

    assertThat(tally.wronglyAccepted).isEmpty();
    assertThat(tally.understood).isGreaterThan(tally.accepted * 6 / 10);
    assertThat(tally.accepted).isLessThan(2000);
  }

  @Test
  @NeedsEngine("dash")
  void whatDashExecutesIsInTheTreeWhenNothingIsMarked() {
    List<String> lines =
        lines(1500, Kind.MUTATED).stream()
            .filter(BashDifferenceTest::isUnmarked)
            .limit(150)
            .toList();
    Tally tally = new Tally();
    tally.compare(lines, RealDash.run(folder, lines));

    assertThat(tally.missed).isEmpty();
    assertThat(tally.exact).isGreaterThan(tally.executed * 4 / 10).isGreaterThan(40);
  }

  private static boolean isUnmarked(String line) {
    return ShellParser.parse(line) instanceof Parsed(_, List<BashOnly> bashOnly)
        && bashOnly.isEmpty();
  }

  private enum Kind {
    MADE,
    MUTATED
  }

  private static List<String> lines(int count, Kind kind) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED + i);
      String line = ShellLines.line(random);
      while (kind == Kind.MUTATED && ShellLines.mayLoop(line)) {
        line = ShellLines.line(random);
      }
      lines.add(kind == Kind.MUTATED ? ShellLines.mutated(random, line) : line);
    }
    return lines;
  }
}
