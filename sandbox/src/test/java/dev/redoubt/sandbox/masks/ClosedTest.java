// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.ResourceLimits;
import dev.redoubt.sandbox.wall.Undone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
