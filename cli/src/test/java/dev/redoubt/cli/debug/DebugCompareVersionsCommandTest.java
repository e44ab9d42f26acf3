// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.debug;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Main;
import dev.redoubt.cli.Surroundings;
import dev.redoubt.cli.Surroundings.Streams;
import dev.redoubt.cli.Surroundings.Terminals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DebugCompareVersionsCommandTest {

  @Test
  void statementsThatHoldEndWithZeroAndTheCounts() {
    assertThat(run("npm", "1.0.0 < 1.0.1\n# 2 < 1\n\n1.0.0 = v1.0.0\n"))
        .isEqualTo(new Ended(0, List.of("checked 2, failed 0"), List.of()));
  }

  @Test
  void aStatementThatDoesNotHoldEndsWithOne() {
    assertThat(run("Debian:12", "1.0~rc1 < 1.0\n1.0 < 1.0-0\n"))
        .isEqualTo(
            new Ended(1, List.of("line 2: 1.0 < 1.0-0, got =", "checked 2, failed 1"), List.of()));
  }

  @Test
  void aNameWithASpaceIsAnEcosystemToo() {
    assertThat(run("red hat", "1.0^ > 1.0").code()).isZero();
  }

  @Test
  void aLineThatIsNoStatementIsAUsageErrorThatNamesTheLine() {
    assertThat(run("npm", "1 < 2\n1 <= 2\n"))
        .isEqualTo(
            new Ended(
                2,
                List.of(),
                List.of(
                    "redoubt: standard input, line 2: expected \"a < b\", got \"1 <= 2\"",
                    "see: redoubt debug compare-versions --help")));
  }

  @Test
  void anEcosystemWithoutAnOrderIsAUsageError() {
    assertThat(run("Klingon", "1 < 2"))
        .isEqualTo(
            new Ended(
                2,
                List.of(),
                List.of(
                    "redoubt: \"Klingon\" is no ecosystem whose versions have a known order",
                    "see: redoubt debug compare-versions --help")));
  }

  private static Ended run(String ecosystem, String input) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            List.of("debug", "compare-versions", ecosystem),
            new Surroundings(
                Map.of(),
                Path.of("/"),
                new Streams(
                    new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    Terminals.NONE),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)));
    return new Ended(
        code,
        out.toString(StandardCharsets.UTF_8).lines().toList(),
        err.toString(StandardCharsets.UTF_8).lines().toList());
  }

  private record Ended(int code, List<String> out, List<String> err) {}
}
