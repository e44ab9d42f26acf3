// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Main;
import dev.redoubt.cli.Surroundings;
import dev.redoubt.cli.Surroundings.Streams;
import dev.redoubt.cli.Surroundings.Terminals;
import dev.redoubt.scan.extractors.agents.AgentPlaces.OperatingSystem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {

  @TempDir Path home;
  @TempDir Path project;

  @BeforeEach
  void configureAnAgent() throws IOException {
    Files.createDirectories(home.resolve(".cursor"));
    Files.writeString(
        home.resolve(".cursor/mcp.json"),
        "{\"mcpServers\": {\"of-this-machine\": {\"command\": \"server\"}}}",
        UTF_8);
  }

  @Test
  void aScanReadsTheAgentsOfTheMachine() {
    assertThat(scan()).contains("of-this-machine").contains("~/.cursor/mcp.json");
  }

  @Test
  void noMachineLeavesThemOut() {
    assertThat(scan("--no-machine")).contains("servers").doesNotContain("of-this-machine");
  }

  @Test
  void theSystemIsKnownByItsName() {
    assertThat(Machine.system("Windows 11")).isEqualTo(OperatingSystem.WINDOWS);
    assertThat(Machine.system("Mac OS X")).isEqualTo(OperatingSystem.MACOS);
    assertThat(Machine.system("Linux")).isEqualTo(OperatingSystem.LINUX);
  }

  private String scan(String... more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Surroundings world =
        new Surroundings(
            Map.of("HOME", home.toString()),
            project,
            new Streams(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                Terminals.NONE),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    List<String> arguments = new ArrayList<>(List.of("scan", project.toString(), "-f", "json"));
    arguments.addAll(List.of(more));
    Main.run(arguments, world);
    return out.toString(UTF_8);
  }
}
