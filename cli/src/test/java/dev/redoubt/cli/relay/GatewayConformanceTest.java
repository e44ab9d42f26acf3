// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.testkit.NeedsEngine;
import dev.redoubt.testkit.npm.NpmPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The official suite against a server behind `redoubt gateway`, with nothing that is expected to
/// fail.
@Timeout(600)
@NeedsEngine("npm")
class GatewayConformanceTest {

  private static final String SUITE = "@modelcontextprotocol/conformance@0.2.0-alpha.12";

  @TempDir private Path folder;
  @TempDir private Path home;

  /* The named ones are those that a relay is the most likely to break. */
  @ParameterizedTest
  @CsvSource({
    "2026-07-28, server-stateless|json-schema-2020-12|http-header-validation"
        + "|http-custom-header-server-validation|input-required-result-basic-list-roots",
    "2025-11-25, server-initialize|server-session-lifecycle|json-schema-2020-12"
  })
  void everyRequiredScenarioPassesThroughTheGateway(String requirements, String among)
      throws Exception {
    folder = folder.toRealPath();
    Ran all;
    try (EverythingServer server = new EverythingServer()) {
      Path config =
          Files.writeString(
              home.resolve("config.toml"),
              "[gateway.upstreams.everything]\nurl = \"%s\"\n".formatted(server.url()));
      try (RunningGateway gateway =
          new RunningGateway(
              folder,
              home,
              "--config",
              config.toString(),
              "--allow",
              "tool:everything@request/sampling/createMessage")) {
        String url = gateway.address() + "/everything/mcp";
        all = suite(url, "--requirements", requirements);
        if (all.exit() != 0) {
          // Some scenarios measure time, and they run beside each other.
          assertThat(all.failed()).as(all.said()).isNotEmpty();
          for (String scenario : all.failed()) {
            Ran alone = suite(url, "--scenario", scenario, "--spec-version", requirements);
            assertThat(alone.exit()).as(alone.said()).isZero();
          }
        }
      }
    }
    for (String scenario : among.split("\\|", -1)) {
      assertThat(all.said()).contains("✓ " + scenario + ":");
    }
    assertThat(new Terminal(folder, home).redoubt("evidence", "verify").exitCode()).isZero();
  }

  private Ran suite(String url, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(NpmPrograms.of(SUITE).command("conformance", "server", "--url", url));
    command.addAll(List.of(arguments));
    Path log = folder.resolve("log");
    Process suite =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      int exit = suite.waitFor();
      return new Ran(exit, Files.readString(log));
    } finally {
      suite.descendants().forEach(ProcessHandle::destroyForcibly);
      suite.destroyForcibly();
    }
  }

  private record Ran(int exit, String said) {

    List<String> failed() {
      return said.lines()
          .filter(line -> line.startsWith("✗ "))
          .map(line -> line.substring(2, line.lastIndexOf(':')))
          .filter(scenario -> !said.contains("✗ " + scenario + " (extension)"))
          .toList();
    }
  }
}
