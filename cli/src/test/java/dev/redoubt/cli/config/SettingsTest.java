// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @TempDir Path root;
  private Path here;
  private Path own;
  private Terminal terminal;

  @BeforeEach
  void world() throws IOException {
    here = Files.createDirectories(root.resolve("here"));
    own = Files.createDirectories(root.resolve("home/.config/redoubt")).resolve("redoubt.toml");
    terminal = new Terminal(here, root.resolve("home"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[scna]\\n | redoubt.toml:1: there is no key \"scna\"; did you mean \"scan\"?",
        "[scan]\\nexclud = []\\n"
            + " | redoubt.toml:2: there is no key \"scan.exclud\"; did you mean \"scan.exclude\"?",
        "[scan]\\nmax-file-size = \"9 apples\"\\n"
            + " | redoubt.toml:1: scan.max-file-size \"9 apples\" is no size from 1 to 1024MB, in"
            + " the manner of 64MB",
        "[scan.extractors]\\ncargo-lock = 3\\n"
            + " | redoubt.toml:2: scan.extractors.cargo-lock is not true or false",
        "[[scan.ignores]]\\nid = \"X\"\\npackage = \"pkg:npm/a\"\\nexpires = \"2027-01-01\"\\n"
            + " | redoubt.toml:1: an ignore needs \"reason\"",
        "[[scan.ignores]]\\nid = \"X\"\\npackage = \"pkg:npm/a\"\\nreason = \"r\"\\n"
            + " | redoubt.toml:1: an ignore needs \"expires\"",
        "[[scan.ignores]]\\nid = \"X\"\\npackage = \"pkg:npm/a\"\\nreason = \"r\"\\nexpires ="
            + " \"soon\"\\n"
            + " | redoubt.toml:1: expires \"soon\" is no day in the manner of 2027-01-31",
        "[[scan.ignores]]\\nid = \"X\"\\nreason = \"r\"\\nexpires = \"2027-01-01\"\\n"
            + " | redoubt.toml:1: an ignore names what it is about: package = \"pkg:…\", server or"
            + " file"
      })
  void aMistakeIsAnErrorWithItsLineAndWhatToDo(String toml, String message) throws IOException {
    Files.writeString(here.resolve("redoubt.toml"), toml.replace("\\n", "\n"));

    Run run = terminal.redoubt("scan", ".", "--no-machine");

    assertThat(run).isEqualTo(new Run(2, "", "redoubt: " + message + "\n"));
  }

  @Test
  void aFileOfAFolderCannotDecideWhatConnects() throws IOException {
    Files.writeString(here.resolve("redoubt.toml"), "[advisories]\nsync = \"auto\"\n");

    assertThat(terminal.redoubt("scan", ".", "--no-machine").out())
        .contains("redoubt.toml:1: what it says about advisories is not followed");
  }

  @Test
  void aPluginThatAFolderSwitchesOffIsAGap() throws IOException {
    Files.writeString(here.resolve("redoubt.toml"), "[scan.extractors]\ncargo-lock = false\n");

    assertThat(terminal.redoubt("scan", ".", "--no-machine").out())
        .contains("redoubt.toml:2: cargo-lock is switched off by this file");
  }

  @Test
  void aPluginThatTheUserSwitchesOffIsNoGap() throws IOException {
    Files.writeString(own, "[scan.extractors]\ncargo-lock = false\n");

    assertThat(terminal.redoubt("scan", ".", "--no-machine").out()).doesNotContain("switched off");
  }

  @Test
  void whatAFolderExcludesHoldsForThatFolderOnly() throws IOException {
    Files.writeString(here.resolve("redoubt.toml"), "[scan]\nexclude = [\"**/samples/**\"]\n");
    Path samples = Files.createDirectories(here.resolve("a/samples"));
    Files.writeString(samples.resolve("Cargo.lock"), "[[package");
    Path elsewhere = Files.createDirectories(root.resolve("elsewhere/b/samples"));
    Files.writeString(elsewhere.resolve("Cargo.lock"), "[[package");

    assertThat(terminal.redoubt("scan", ".", "--no-machine").out())
        .contains("excluded: 1 (a/samples), scan.exclude in the configuration")
        .doesNotContain("Cargo.lock");
    assertThat(terminal.redoubt("scan", "../elsewhere", "--no-machine").out())
        .contains("b/samples/Cargo.lock:1");
  }

  @Test
  void aNamedConfigurationThatIsNotThereIsAnError() {
    Run run = terminal.redoubt("scan", ".", "--config", "missing.toml");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).startsWith("redoubt: cannot read the configuration ");
  }
}
