// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstructionsTest {

  @TempDir private Path folder;
  @TempDir private Path home;

  private Run ran(String script) throws IOException {
    Files.writeString(folder.resolve("script"), script);
    return new Terminal(folder, home)
        .redoubt("exec", "--sandbox", "local", "--approval", "allow", "--", "sh", "script");
  }

  @Test
  void whatAgentsObeyIsSaidWhenACommandWroteIt() throws IOException {
    Files.createDirectories(folder.resolve("part"));

    Run run =
        ran("a=AGENTS; c=CLAUDE; echo x > $a.md; echo y > part/$c.md; echo z > README.md; exit 3");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.err())
        .contains("redoubt: AGENTS.md, part/CLAUDE.md: written, and agents obey")
        .doesNotContain("README.md:");
  }

  @Test
  void whatIsDeletedOrOnlyReadIsNotSaid() throws IOException {
    Files.writeString(folder.resolve("AGENTS.md"), "x");
    Files.writeString(folder.resolve("CLAUDE.md"), "x");

    Run run = ran("a=AGENTS; c=CLAUDE; cat $a.md; rm $c.md; echo other > made");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(folder.resolve("made")).exists();
    assertThat(run.err()).doesNotContain("agents obey");
  }

  @ParameterizedTest
  @CsvSource({
    "AGENTS.md,true",
    "a/b/GEMINI.md,true",
    ".cursor/rules/x/y.mdc,true",
    "sub/.github/prompts/go.prompt.md,true",
    "MYAGENTS.md,false",
    "AGENTS.md/x,false",
    "docs/rules,false"
  })
  void itIsKnownByItsPlaceInWhateverFolder(String path, boolean obeyed) {
    assertThat(Instructions.isOne(Instructions.places(), path)).isEqualTo(obeyed);
  }
}
