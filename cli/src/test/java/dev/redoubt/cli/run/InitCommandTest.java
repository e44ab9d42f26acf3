// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {

  @TempDir private Path folder;
  @TempDir private Path home;

  @Test
  void theFileSaysHowTheProjectIsBuilt() throws IOException {
    Files.writeString(folder.resolve("pom.xml"), "<project/>");
    Files.createDirectories(folder.resolve("src"));
    Files.createDirectories(folder.resolve("`evil`"));

    assertThat(init("--print").out())
        .contains("`mvn -q verify`", "- `src/`")
        .doesNotContain("evil");
    assertThat(folder.resolve("AGENTS.md")).doesNotExist();
    assertThat(init().exitCode()).isZero();
    assertThat(Files.readString(folder.resolve("AGENTS.md"))).contains("mvn -q verify");
  }

  @Test
  void whatIsThereStays() throws IOException {
    Files.writeString(folder.resolve("AGENTS.md"), "mine");

    assertThat(init().exitCode()).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("AGENTS.md"))).isEqualTo("mine");
  }

  private Run init(String... options) {
    String[] words = new String[options.length + 1];
    words[0] = "init";
    System.arraycopy(options, 0, words, 1, options.length);
    return new Terminal(folder, home).redoubt(words);
  }
}
