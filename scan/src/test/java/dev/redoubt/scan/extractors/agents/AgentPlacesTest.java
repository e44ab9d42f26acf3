// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.MachinePaths;
import dev.redoubt.scan.api.MachinePaths.Place;
import dev.redoubt.scan.extractors.BuiltInExtractors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AgentPlacesTest {

  private static final Path HOME = Path.of("/home/me");

  @Test
  void linuxKeepsApplicationDataInTheConfigurationFolder() {
    assertThat(places(AgentPlaces.OperatingSystem.LINUX, Map.of()))
        .contains(
            new Place(HOME, "~/", ".config/Claude/claude_desktop_config.json"),
            new Place(HOME, "~/", ".config/Code/User/mcp.json"),
            new Place(HOME, "~/", ".config/zed/settings.json"),
            new Place(HOME, "~/", ".cursor/mcp.json"),
            new Place(HOME, "~/", ".claude/skills/*/SKILL.md"));
  }

  @Test
  void macosKeepsApplicationDataInTheLibrary() {
    assertThat(places(AgentPlaces.OperatingSystem.MACOS, Map.of()))
        .contains(
            new Place(HOME, "~/", "Library/Application Support/Claude/claude_desktop_config.json"),
            new Place(HOME, "~/", "Library/Application Support/Code/User/mcp.json"),
            new Place(HOME, "~/", ".config/zed/settings.json"));
  }

  @Test
  void windowsKeepsApplicationDataInRoaming() {
    assertThat(places(AgentPlaces.OperatingSystem.WINDOWS, Map.of()))
        .contains(
            new Place(HOME, "~/", "AppData/Roaming/Claude/claude_desktop_config.json"),
            new Place(HOME, "~/", "AppData/Roaming/Zed/settings.json"),
            new Place(HOME, "~/", "AppData/Roaming/Block/goose/config/config.yaml"));
  }

  @Test
  void theEnvironmentMovesFolders() {
    assertThat(
            places(
                AgentPlaces.OperatingSystem.LINUX,
                Map.of("XDG_CONFIG_HOME", "/cfg", "CODEX_HOME", "/home/me/work/codex")))
        .contains(
            new Place(Path.of("/cfg"), "~/.config/", "zed/settings.json"),
            new Place(Path.of("/home/me/work/codex"), "~/.codex/", "config.toml"));
    assertThat(places(AgentPlaces.OperatingSystem.WINDOWS, Map.of("APPDATA", "/data/roaming")))
        .contains(
            new Place(
                Path.of("/data/roaming"),
                "~/AppData/Roaming/",
                "Claude/claude_desktop_config.json"));
  }

  @Test
  void aRelativeFolderInTheEnvironmentIsIgnored() {
    assertThat(places(AgentPlaces.OperatingSystem.LINUX, Map.of("XDG_CONFIG_HOME", "cfg")))
        .contains(new Place(HOME, "~/", ".config/zed/settings.json"));
  }

  @ParameterizedTest
  @EnumSource
  void everyPlaceIsWantedByAnExtractor(AgentPlaces.OperatingSystem system) {
    assertThat(
            places(
                system,
                Map.of(
                    "XDG_CONFIG_HOME", "/home/me/moved", "APPDATA", "/data", "CODEX_HOME", "/c")))
        .allSatisfy(place -> {
          String path = place.shownAs() + place.pattern().replace("*.", "any.").replace("*", "any");
          assertThat(BuiltInExtractors.all())
              .as(path)
              .anyMatch(extractor -> extractor.wants(new FileEntry(path, 10)));
        });
  }

  private static List<Place> places(
      AgentPlaces.OperatingSystem system, Map<String, String> environment) {
    MachinePaths paths = AgentPlaces.of(HOME, environment, system);
    return paths.places();
  }
}
