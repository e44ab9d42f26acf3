// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Gap;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.MachinePaths;
import dev.redoubt.scan.api.MachinePaths.Place;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineSourceTest {

  @TempDir Path home;
  @TempDir Path elsewhere;

  @Test
  void onlyTheNamedFilesAreListed() throws IOException {
    write(home.resolve(".cursor/mcp.json"), "{}");
    write(home.resolve(".cursor/other.json"), "{}");
    write(home.resolve(".claude/skills/b/SKILL.md"), "b");
    write(home.resolve(".claude/skills/a/SKILL.md"), "aa");
    write(home.resolve(".claude/skills/a/README.md"), "a");
    write(elsewhere.resolve("zed/settings.json"), "{ }");

    MachineSource source =
        source(
            new Place(home, "~/", ".cursor/mcp.json"),
            new Place(home, "~/", ".missing/mcp.json"),
            new Place(home, "~/", ".claude/skills/*/SKILL.md"),
            new Place(elsewhere, "~/.config/", "zed/settings.json"));

    assertThat(source.list())
        .isEqualTo(
            new Listing(
                List.of(
                    new FileEntry("~/.claude/skills/a/SKILL.md", 2),
                    new FileEntry("~/.claude/skills/b/SKILL.md", 1),
                    new FileEntry("~/.config/zed/settings.json", 3),
                    new FileEntry("~/.cursor/mcp.json", 2)),
                List.of(),
                List.of(),
                List.of()));
  }

  @Test
  void aListedFileIsReadFromWhereItIs() throws IOException {
    write(elsewhere.resolve("zed/settings.json"), "{\"a\": 1}");
    write(home.resolve("beside.txt"), "");

    MachineSource source =
        source(
            new Place(home, "~/", "beside.txt"),
            new Place(elsewhere, "~/.config/", "zed/settings.json"));

    assertThat(source.open(new FileEntry("~/.config/zed/settings.json", 8)).text())
        .isEqualTo("{\"a\": 1}");
  }

  @Test
  void aLinkCountsAsTheFileItLeadsTo() throws IOException {
    write(elsewhere.resolve("CLAUDE.md"), "linked");
    Files.createDirectories(home.resolve(".claude"));
    Files.createSymbolicLink(home.resolve(".claude/CLAUDE.md"), elsewhere.resolve("CLAUDE.md"));

    MachineSource source = source(new Place(home, "~/", ".claude/CLAUDE.md"));

    FileEntry entry = new FileEntry("~/.claude/CLAUDE.md", 6);
    assertThat(source.list().files()).containsExactly(entry);
    assertThat(source.open(entry).text()).isEqualTo("linked");
  }

  @Test
  void whatLiesBesideAListedFileIsGivenOutUnderItsShownPath() throws IOException {
    write(home.resolve(".docker/mcp/registry.yaml"), "registry: {}");
    write(home.resolve(".docker/mcp/catalogs/docker-mcp.yaml"), "a");
    Path linked = elsewhere.resolve("home");
    Files.createSymbolicLink(linked, home);

    for (Path folder : List.of(home, linked)) {
      SourceFile file =
          source(new Place(folder, "~/", ".docker/mcp/registry.yaml"))
              .open(new FileEntry("~/.docker/mcp/registry.yaml", 12));

      assertThat(file.siblings("catalogs")).containsExactly("docker-mcp.yaml");
      assertThat(file.sibling("catalogs/docker-mcp.yaml").orElseThrow().entry())
          .isEqualTo(new FileEntry("~/.docker/mcp/catalogs/docker-mcp.yaml", 1));
    }
  }

  @Test
  void aLinkThatLeadsNowhereIsAGap() throws IOException {
    Files.createSymbolicLink(home.resolve("mcp.json"), home.resolve("gone"));

    assertThat(source(new Place(home, "~/", "mcp.json")).list().unreadable())
        .containsExactly(
            new Listing.Unreadable(
                new FileEntry("~/mcp.json", 0),
                new Gap(
                    "~/mcp.json",
                    null,
                    "is a link that leads nowhere",
                    "restore the file it links to")));
  }

  @Test
  void aHomeThatIsNotThereGivesNothing() {
    Path missing = home.resolve("missing");

    assertThat(
            source(
                    new Place(missing, "~/", ".cursor/mcp.json"),
                    new Place(missing, "~/", ".claude/skills/*/SKILL.md"))
                .list())
        .isEqualTo(new Listing(List.of(), List.of(), List.of(), List.of()));
  }

  @Test
  void aFileWhereAFolderIsExpectedGivesNothing() throws IOException {
    write(home.resolve(".cursor"), "");
    write(home.resolve(".claude/skills"), "");

    assertThat(
            source(
                    new Place(home, "~/", ".cursor/mcp.json"),
                    new Place(home, "~/", ".claude/skills/*/SKILL.md"))
                .list()
                .gaps())
        .isEmpty();
  }

  private static MachineSource source(Place... places) {
    return new MachineSource(new MachinePaths(List.of(places)), ScanLimits.DEFAULT);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
