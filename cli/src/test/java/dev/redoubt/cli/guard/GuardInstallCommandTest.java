// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardInstallCommandTest {

  private static final String OTHERS =
      """
      {
        "model": "x",
        "hooks": {
          "PreToolUse": [
            {
              "matcher": "Bash",
              "hooks": [
                {
                  "type": "command",
                  "command": "mine"
                }
              ]
            }
          ]
        }
      }
      """;

  @TempDir private Path folder;
  @TempDir private Path home;

  @ParameterizedTest
  @CsvSource({
    "claude-code,.claude/settings.json",
    "codex,.codex/hooks.json",
    "gemini-cli,.gemini/settings.json"
  })
  void nothingIsWrittenUntilYes(String agent, String file) {
    Run run = install(agent);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("guard hook " + agent).contains("nothing was written");
    assertThat(home.resolve(file)).doesNotExist();
    assertThat(install(agent, "--yes").exitCode()).isZero();
    assertThat(home.resolve(file)).content().contains("'/opt/redoubt' guard hook " + agent + " ||");
  }

  @Test
  void whatOthersWroteStaysAndComesBack() throws Exception {
    Path file = home.resolve(".claude/settings.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, OTHERS);

    install("claude-code", "--yes");
    assertThat(file).content().contains("\"mine\"").contains("guard hook claude-code");
    assertThat(file.resolveSibling("settings.json.before-redoubt")).hasContent(OTHERS);

    assertThat(install("claude-code", "--undo", "--yes").exitCode()).isZero();
    assertThat(file).hasContent(OTHERS);
  }

  @Test
  void installingTwiceChangesNothing() throws Exception {
    install("gemini-cli", "--yes");
    String once = Files.readString(home.resolve(".gemini/settings.json"));

    assertThat(install("gemini-cli", "--yes").out()).contains("already in");
    assertThat(home.resolve(".gemini/settings.json")).hasContent(once);
  }

  @Test
  void theProjectsSettingsAreItsOwn() {
    install("codex", "--project", "--yes");

    assertThat(folder.resolve(".codex/hooks.json")).exists();
    assertThat(home.resolve(".codex/hooks.json")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{ // mine\n}", "[]", "{\"hooks\": []}", "{\"hooks\": {\"PreToolUse\": 1}}", "{"})
  void settingsThatCannotBeKeptAreNotTouched(String settings) throws Exception {
    Path file = home.resolve(".claude/settings.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, settings);

    Run run = install("claude-code", "--yes");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("nothing was changed").contains("by hand");
    assertThat(file).hasContent(settings);
  }

  @Test
  void ownSettingsBehindALinkAreChangedWhereTheyLieAndKeepTheirMode() throws Exception {
    Path kept = folder.resolve("kept.json");
    Files.writeString(kept, OTHERS);
    Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-r--r--"));
    Path link = home.resolve(".claude/settings.json");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, kept);

    install("claude-code", "--yes");

    assertThat(link).isSymbolicLink();
    assertThat(kept).content().contains("guard hook claude-code");
    assertThat(Files.getPosixFilePermissions(kept))
        .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
  }

  @Test
  void aLinkOfTheCheckoutLeadsNowhere() throws Exception {
    Path kept = Files.writeString(home.resolve("kept.json"), OTHERS);
    Path link = folder.resolve(".claude/settings.json");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, kept);

    assertThat(install("claude-code", "--project", "--yes").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(kept).hasContent(OTHERS);
  }

  @Test
  void anUnknownAgentIsAnError() {
    assertThat(install("vim").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  private Run install(String agent, String... options) {
    String[] line = new String[5 + options.length];
    System.arraycopy(
        new String[] {"guard", "install", agent, "--program", "/opt/redoubt"}, 0, line, 0, 5);
    System.arraycopy(options, 0, line, 5, options.length);
    return new Terminal(folder, home).redoubt(line);
  }
}
