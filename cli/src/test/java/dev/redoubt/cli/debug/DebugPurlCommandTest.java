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

class DebugPurlCommandTest {

  @Test
  void metTestsEndWithZeroAndTheCounts() {
    assertThat(
            run(
                """
                {"tests": [{"description": "d", "test_type": "validate", "test_group": "required",
                            "input": "pkg:npm/a", "expected_output": "pkg:npm/a"}]}
                """))
        .isEqualTo(new Ended(0, List.of("checked 1, failed 0, recommended not met 0"), List.of()));
  }

  @Test
  void aRequiredTestThatIsNotMetEndsWithOneAndItsDescription() {
    assertThat(
            run(
                """
                {"tests": [{"description": "lower case", "test_type": "parse", "input": "npm/a",
                            "expected_output": {"type": "npm", "name": "a"}}]}
                """))
        .isEqualTo(
            new Ended(
                1,
                List.of(
                    "lower case (line 1): expected {name=a, namespace=null, qualifiers={},"
                        + " subpath=null, type=npm, version=null}, but \"npm/a\" is not a package"
                        + " URL: it does not start with pkg:",
                    "checked 1, failed 1, recommended not met 0"),
                List.of()));
  }

  @Test
  void aRecommendedTestThatIsNotMetFailsNothing() {
    assertThat(
            run(
                """
                {"tests": [{"description": "d", "test_type": "validate",
                            "test_group": "recommended", "input": "pkg:npm/a",
                            "expected_output": "pkg:npm/b"}]}
                """))
        .isEqualTo(
            new Ended(
                0,
                List.of(
                    "d (line 1, recommended): expected pkg:npm/b, got pkg:npm/a",
                    "checked 1, failed 0, recommended not met 1"),
                List.of()));
  }

  @Test
  void inputThatIsNoTestFileIsAUsageError() {
    assertThat(run("{}"))
        .isEqualTo(
            new Ended(
                2,
                List.of(),
                List.of(
                    "redoubt: standard input has no list \"tests\"",
                    "see: redoubt debug purl --help")));
    assertThat(run("").code()).isEqualTo(2);
    assertThat(run("{\n\"tests\": [").err().getFirst())
        .startsWith("redoubt: standard input, line 2: ");
  }

  private static Ended run(String input) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            List.of("debug", "purl"),
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
