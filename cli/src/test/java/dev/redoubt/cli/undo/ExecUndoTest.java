// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.undo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `redoubt exec` did is taken back.
class ExecUndoTest {

  @TempDir private Path folder;
  @TempDir private Path home;
  private Terminal terminal;

  @BeforeEach
  void make() throws IOException {
    terminal = new Terminal(folder, home);
    Files.createDirectories(folder.resolve("src/deep"));
    Files.writeString(folder.resolve("src/deep/run.sh"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(
        folder.resolve("src/deep/run.sh"), PosixFilePermissions.fromString("rwxr-x---"));
    Files.createSymbolicLink(folder.resolve("src/link"), Path.of("deep/run.sh"));
  }

  private int exec(String line) {
    return terminal.redoubt("exec", "--approval", "allow", "--", "sh", "-c", line).exitCode();
  }

  @Test
  void aFolderThatAShellDeletedComesBack() throws IOException {
    assertThat(exec("rm -rf src; exit 3")).isEqualTo(3);
    assertThat(folder.resolve("src")).doesNotExist();
    Files.writeString(folder.resolve("mine"), "since");

    assertThat(terminal.redoubt("undo").exitCode()).isZero();

    assertThat(folder.resolve("src/deep/run.sh")).hasContent("#!/bin/sh\n");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("src/deep/run.sh"))))
        .isEqualTo("rwxr-x---");
    assertThat(Files.readSymbolicLink(folder.resolve("src/link")))
        .isEqualTo(Path.of("deep/run.sh"));
    assertThat(folder.resolve("mine")).hasContent("since");
    assertThat(terminal.redoubt("redo").exitCode()).isZero();
    assertThat(Files.exists(folder.resolve("src"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void whatOnlyReadsIsNoTurn() {
    assertThat(terminal.redoubt("exec", "--", "ls", "src").exitCode()).isZero();

    assertThat(terminal.redoubt("undo", "--list").out()).isEqualTo("no turns were recorded here\n");
  }

  @Test
  void recordingCanBeSwitchedOff() throws IOException {
    Path config = Files.writeString(home.resolve("c.toml"), "[options.undo]\nrecord = false\n");
    terminal.redoubt(
        "--config", config.toString(), "exec", "--approval", "allow", "--", "touch", "made");

    assertThat(folder.resolve("made")).exists();
    assertThat(terminal.redoubt("undo", "--list").out()).isEqualTo("no turns were recorded here\n");
  }
}
