// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.paths.ProtectedPlaces;
import dev.redoubt.guard.paths.ProtectedPlaces.Closing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {

  @TempDir Path folder;
  private Path workspace;
  private Path state;

  @BeforeEach
  void layOut() throws IOException {
    Path real = folder.toRealPath();
    workspace = Files.createDirectory(real.resolve("workspace"));
    state = Files.createDirectory(real.resolve("state"));
    Files.createDirectories(workspace.resolve("lib/.git"));
    Files.createDirectory(workspace.resolve(".claude"));
    Files.writeString(workspace.resolve(".claude/settings.json"), "{}");
  }

  private Placeholders placeholders() throws IOException {
    return Placeholders.of(workspace, state);
  }

  @Test
  void everyNameIsAPlaceTheGuardProtects() {
    ProtectedPlaces places = ProtectedPlaces.of("/work", "/home/me");
    List<String> names = new ArrayList<>(Placeholders.IN_THE_WORKSPACE);
    names.addAll(List.of(Placeholders.HOOKS, Placeholders.SETTINGS, Placeholders.COMMON));

    assertThat(names)
        .allSatisfy(name -> {
          assertThat(places.at("/work/" + name)).isNotEqualTo(Closing.OPEN);
          assertThat(places.couldClose(Path.of(name).getFileName().toString())).isTrue();
        });
  }

  @Test
  void theyStandAsLongAsSomebodyHoldsThem() throws IOException {
    List<Path> before = all();
    placeholders().hold(List.of());
    placeholders().hold(Absent.in(workspace.resolve("lib/.git")));
    assertThat(workspace.resolve(".vscode")).isEmptyDirectory();
    assertThat(workspace.resolve("lib/.git/hooks")).isEmptyDirectory();
    assertThat(workspace.resolve("lib/.git/commondir")).hasContent(".");

    placeholders().release();
    assertThat(workspace.resolve(".vscode")).isEmptyDirectory();

    placeholders().release();
    assertThat(all()).isEqualTo(before);
    assertThat(workspace.resolve(".claude/settings.json")).hasContent("{}");
  }

  @Test
  void whatAPersonMadeOfOneStays() throws IOException {
    placeholders().hold(List.of());
    Files.writeString(workspace.resolve(".vscode/settings.json"), "{}");
    Files.delete(workspace.resolve(".idea"));
    Files.writeString(workspace.resolve(".idea"), "a file");
    placeholders().release();

    assertThat(workspace.resolve(".vscode/settings.json")).hasContent("{}");
    assertThat(workspace.resolve(".idea")).hasContent("a file");
    assertThat(workspace.resolve(".cursor")).doesNotExist();
  }

  @Test
  void whatAKilledRedoubtLeftIsTakenAway() throws IOException {
    List<Path> before = all();
    Files.createDirectory(workspace.resolve(".vscode"));
    Files.createDirectory(workspace.resolve("empty"));
    Files.writeString(workspace.resolve("lib/.git/commondir"), ".\n");
    placeholders().hold(List.of());
    Path journal = journal();
    placeholders().release();
    Files.writeString(
        journal, ".vscode\0lib/.git/commondir\0../state\0empty\0.claude\0\0.idea\nempty");

    placeholders().sweep();

    before.add(workspace.resolve("empty"));
    assertThat(all()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(state).exists();
    assertThat(journal).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void theNameOfAFolderAddsNoPlace(String end) throws IOException {
    Path chosen = Files.createDirectory(workspace.resolve("chosen"));
    Path repository = workspace.resolve("a" + end + "chosen" + end + "b");
    Files.createDirectories(repository.resolve(".git"));
    List<Path> before = all();

    placeholders().hold(Absent.in(repository.resolve(".git")));
    assertThat(placeholders().standing())
        .doesNotContain(chosen)
        .contains(repository.resolve(".git/hooks"));
    placeholders().release();

    assertThat(all()).isEqualTo(before);
  }

  private Path journal() throws IOException {
    try (var files = Files.list(state.resolve("sandbox"))) {
      return files.filter(file -> file.toString().endsWith(".absent")).findFirst().orElseThrow();
    }
  }

  private List<Path> all() throws IOException {
    try (var files = Files.walk(workspace)) {
      return new ArrayList<>(files.sorted().toList());
    }
  }
}
