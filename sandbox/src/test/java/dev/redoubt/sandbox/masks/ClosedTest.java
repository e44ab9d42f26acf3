// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.ResourceLimits;
import dev.redoubt.sandbox.wall.Undone;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/* What is written between begin and end stands for what a command writes. */
class ClosedTest {

  @TempDir Path folder;
  private Path workspace;
  private Path home;
  private Path state;

  @BeforeEach
  void layOut() throws IOException {
    Path real = folder.toRealPath();
    workspace = Files.createDirectories(real.resolve("workspace"));
    home = Files.createDirectories(real.resolve("home"));
    state = Files.createDirectories(real.resolve("state"));
    Files.createDirectories(workspace.resolve("a"));
  }

  private Closed begin() throws IOException {
    return MaskFinder.of(
            new Enclosure(
                workspace,
                home,
                state,
                Map.of("PATH", "/usr/bin"),
                new Enclosure.Exits.None(),
                ResourceLimits.DEFAULT))
        .begin();
  }

  @Test
  void aLinkThatACommandMadeTakesNothingOutsideTheWorkspaceAway() throws IOException {
    Path settings = Files.writeString(home.resolve(".bashrc"), "mine");
    Files.createDirectories(home.resolve(".vscode"));
    Closed closed = begin();
    Path link = Files.createSymbolicLink(workspace.resolve("a/.mcp.json"), settings);
    Files.createSymbolicLink(workspace.resolve("a/.idea"), home.resolve(".vscode"));

    Undone undone = closed.end();

    assertThat(settings).hasContent("mine");
    assertThat(home.resolve(".vscode")).isDirectory();
    assertThat(undone.taken()).containsExactly(workspace.resolve("a/.idea"), link);
    assertThat(undone.left()).isEmpty();
  }

  private Path sandbox() {
    return state.resolve("sandbox");
  }

  private Undone finish() throws IOException {
    return Unfinished.finish(workspace, home, state);
  }

  /* What a Redoubt that was killed leaves: what it wrote down, held by nobody. */
  private Path killed() throws IOException {
    Path file;
    Closed closed = begin();
    try (var files = Files.newDirectoryStream(sandbox(), "*.begun")) {
      file = files.iterator().next();
    }
    byte[] written = Files.readAllBytes(file);
    closed.end();
    return Files.write(file, written);
  }

  @Test
  void whatAKilledCommandLeftIsTakenAndWhatWasThereStays() throws IOException {
    Files.createDirectories(workspace.resolve("a/.vscode"));
    killed();
    Path made = Files.writeString(workspace.resolve("a/.mcp.json"), "{}");

    assertThat(finish().taken()).containsExactly(made);

    assertThat(workspace.resolve("a/.vscode")).isDirectory();
    assertThat(finish().isNothing()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.99})
  void whereItIsNotWhollyKnownWhatWasThereNothingIsTaken(double part) throws IOException {
    Files.createDirectories(workspace.resolve("a/.vscode"));
    Path file = killed();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, (int) (whole.length * part)));

    Undone undone = finish();

    assertThat(undone.taken()).isEmpty();
    assertThat(undone.said()).contains("not wholly written down");
    assertThat(workspace.resolve("a/.vscode")).isDirectory();
    assertThat(finish().isNothing()).isTrue();
  }

  @Test
  void zerosInsteadOfTheContentTakeNothing() throws IOException {
    Files.createDirectories(workspace.resolve("a/.vscode"));
    Path file = killed();
    Files.write(file, new byte[(int) Files.size(file)]);

    assertThat(finish().taken()).isEmpty();
    assertThat(workspace.resolve("a/.vscode")).isDirectory();
  }

  @Test
  void whatIsFoundAtTheNextCommandIsTold() throws IOException {
    killed();
    Path made = Files.writeString(workspace.resolve("a/.mcp.json"), "{}");

    assertThat(begin().end().said()).contains("killed", made.toString());
  }

  @Test
  void aNameThatIsNoTextIsKnownAgain() throws IOException {
    Path odd = Path.of(URI.create(workspace.toUri() + "a/%FFx/"));
    Path place = Files.createDirectories(odd.resolve(".vscode"));
    killed();

    assertThat(finish().isNothing()).isTrue();

    assertThat(place).isDirectory();
    assertThat(RawPath.read(RawPath.written(place))).isEqualTo(place);
    assertThat(RawPath.read(RawPath.written(odd.getFileName()))).isEqualTo(odd.getFileName());
  }

  @Test
  void whatCameAfterTheMachineStartedAgainIsAPersons() throws IOException {
    Path made = Files.writeString(workspace.resolve("a/.mcp.json"), "{}");
    Instant began = Instant.EPOCH;

    assertThat(Unfinished.cameLater(made, began, began.plusSeconds(1))).isTrue();
    assertThat(Unfinished.cameLater(made, began, Instant.MAX.minusSeconds(100))).isFalse();
    assertThat(Unfinished.cameLater(made, Instant.MAX, began)).isFalse();
  }

  @Test
  void aRepositoryThatRunsNothingStaysAfterASweep() throws IOException {
    Files.createDirectories(workspace.resolve(".git/refs"));
    Files.createDirectories(workspace.resolve(".git/objects"));
    Files.writeString(workspace.resolve(".git/HEAD"), "ref: refs/heads/main\n");
    killed();
    Path hooks = Files.createDirectories(workspace.resolve(".git/hooks"));
    Path config = Files.writeString(workspace.resolve(".git/config"), "[core]\n\tbare = false\n");

    assertThat(finish().taken()).isEmpty();
    assertThat(hooks).isDirectory();
    assertThat(config).exists();
  }
}
