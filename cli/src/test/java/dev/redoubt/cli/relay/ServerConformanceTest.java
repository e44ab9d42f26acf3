// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.testkit.NeedsEngine;
import dev.redoubt.testkit.npm.NpmPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The official suite against a server built on this one, with nothing that is expected to fail.
@Timeout(600)
@NeedsEngine("npm")
class ServerConformanceTest {

  private static final String SUITE = "@modelcontextprotocol/conformance@0.2.0-alpha.12";

  @TempDir Path folder;

  /* The last three are run by the suite and not counted by it: they pass as well. */
  @ParameterizedTest
  @CsvSource({
    "2026-07-28, server-stateless|json-schema-2020-12|http-header-validation"
        + "|http-custom-header-server-validation",
    "2025-11-25, server-initialize|server-session-lifecycle|json-schema-2020-12"
  })
  void everyRequiredScenarioPasses(String requirements, String among) throws Exception {
    Path log = folder.resolve("log");
    try (EverythingServer server = new EverythingServer()) {
      Process suite =
          new ProcessBuilder(
                  NpmPrograms.of(SUITE)
                      .command(
                          "conformance",
                          "server",
                          "--url",
                          server.url(),
                          "--requirements",
                          requirements))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      try {
        int exit = suite.waitFor();
        assertThat(exit).as(Files.readString(log)).isZero();
      } finally {
        suite.destroyForcibly();
      }
    }
    String said = Files.readString(log);
    for (String scenario : List.of(among.split("\\|", -1))) {
      assertThat(said).contains("✓ " + scenario + ":");
    }
  }
}
