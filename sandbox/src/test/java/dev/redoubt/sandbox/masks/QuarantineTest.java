// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

class QuarantineTest {

  @TempDir Path folder;
  private Path workspace;
  private Quarantine quarantine;

  @BeforeEach
  void layOut() throws IOException {
    Path real = folder.toRealPath();
    workspace = Files.createDirectories(real.resolve("workspace"));
    Files.createDirectories(real.resolve("state/sandbox"));
    quarantine = quarantine();
  }

  private Quarantine quarantine() throws IOException {
    return new Quarantine(
        workspace, folder.toRealPath().resolve("state/sandbox").resolve("quarantine"));
  }

  private Path made(String name) throws IOException {
    Path place = Files.createDirectories(workspace.resolve(name));
    Files.writeString(place.resolve("tasks.json"), "{}");
    return place;
  }

  private List<String> taken() throws IOException {
    try (var files = Files.walk(quarantine.folder())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getParent().getFileName() + "/" + file.getFileName())
          .sorted()
          .toList();
    }
  }

  /* Whoever runs this may be root, whom no mode stops: so the modes are looked at. */
  @Test
  void whatMayNotBeWrittenIsOpenedAndTaken() throws IOException {
    Path place = made("app/.vscode");
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("r-xr-xr-x"));
    Files.setPosixFilePermissions(
        workspace.resolve("app"), PosixFilePermissions.fromString("r-xr-xr-x"));

    quarantine.take(place);

    assertThat(place).doesNotExist();
    assertThat(taken()).containsExactly(".vscode/tasks.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place.getParent())))
        .isEqualTo("rwxr-xr-x");
  }

  @Test
  void whatWasNotTakenIsTakenByTheNextOne() throws IOException {
    Path place = made("a\nb/.vscode");
    Path other = made(".idea");
    Failures failures = new Failures();
    failures.add(place, new IOException("one"));
    failures.add(other, new IOException("other"));
    failures.add(workspace.resolve("gone"), new IOException("another"));
    quarantine.owe(failures.paths());

    quarantine().retry();

    assertThat(taken()).containsExactly(".idea/tasks.json", ".vscode/tasks.json");
    made(".idea");
    quarantine().retry();
    assertThat(other).exists();
  }

  @Test
  void whatStillCannotBeTakenLetsNothingRun() throws IOException {
    made("real/.vscode");
    Files.createSymbolicLink(workspace.resolve("link"), Path.of("real"));
    quarantine.owe(List.of(workspace.resolve("link/.vscode")));

    assertThatThrownBy(() -> quarantine().retry()).isInstanceOf(WallException.class);
    assertThatThrownBy(() -> quarantine().retry()).isInstanceOf(WallException.class);
    assertThat(workspace.resolve("real/.vscode")).exists();
  }

  @Test
  void whatLiesOutsideTheWorkspaceIsNeverTaken() throws IOException {
    Path mine = Files.writeString(folder.toRealPath().resolve(".bashrc"), "mine");

    assertThatThrownBy(() -> quarantine.take(mine)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> quarantine.take(workspace)).isInstanceOf(IOException.class);

    assertThat(mine).hasContent("mine");
    assertThat(workspace).isDirectory();
  }

  /// In memory, where there is such a file system: another one than that of other folders.
  static final class InMemory implements TempDirFactory {
    @Override
    public Path createTempDirectory(
        AnnotatedElementContext elementContext, ExtensionContext extensionContext)
        throws IOException {
      Path memory = Path.of("/dev/shm");
      return Files.isDirectory(memory)
          ? Files.createTempDirectory(memory, "redoubt")
          : Files.createTempDirectory("redoubt");
    }
  }

  @Test
  void whatGoesToAnotherFileSystemIsKeptWhole(@TempDir(factory = InMemory.class) Path state)
      throws IOException {
    Path place = made(".vscode/deep/er");
    Files.createSymbolicLink(workspace.resolve(".vscode/link"), Path.of("/no/where"));
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("---------"));
    Quarantine other = new Quarantine(workspace, state.toRealPath().resolve("quarantine"));

    other.take(workspace.resolve(".vscode"));

    assertThat(workspace.resolve(".vscode")).doesNotExist();
    try (var kept = Files.list(other.folder())) {
      assertThat(kept)
          .singleElement()
          .satisfies(folder -> {
            assertThat(folder.resolve(".vscode/deep/er/tasks.json")).hasContent("{}");
            assertThat(folder.resolve(".vscode/link")).isSymbolicLink();
          });
    }
  }

  @Test
  void whatIsTooMuchForAnotherFileSystemStaysWhereItIs() throws IOException {
    Path place = made(".vscode");
    Path to = Files.createDirectories(folder.toRealPath().resolve("to"));

    assertThatThrownBy(() -> Carried.into(place, to, 1)).hasMessageContaining("too much");

    assertThat(place.resolve("tasks.json")).hasContent("{}");
    assertThat(to).doesNotExist();
  }

  @Test
  void whatSomethingIsMountedInIsNotCarried() {
    assertThatThrownBy(() -> Carried.into(Path.of("/proc"), workspace, 1))
        .hasMessageContaining("mounted");
  }
}
