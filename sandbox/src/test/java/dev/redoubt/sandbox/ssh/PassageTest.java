// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.files.HostFileFacts;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.ResourceLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PassageTest {

  private static final TreeEntry FILE = new TreeEntry.File("a".repeat(64), false);

  @TempDir Path folder;
  private Path workspace;
  private Passage passage;

  @BeforeEach
  void create() throws IOException {
    workspace = Files.createDirectory(folder.toRealPath().resolve("workspace"));
    passage =
        new Passage(
            new Enclosure(
                workspace,
                Path.of("/home/dev"),
                Path.of("/home/dev/.local/share/redoubt"),
                Map.of(),
                new Enclosure.Exits.None(),
                ResourceLimits.DEFAULT),
            new HostFileFacts());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "src/Main.java", "a b/ä", "..a/b", "a..", "-rf", ".hidden", "*"})
  void plainNamesPass(String path) {
    assertThat(passage.mistake(path)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/etc/passwd",
        "..",
        "../a",
        "a/../../b",
        "a/..",
        ".",
        "./a",
        "a//b",
        "a/",
        "a\nb",
        "a\\b",
        "a\tb",
        "a\u007f",
        "a\0b",
        "a\uFFFDb",
        ".redoubt-arriving/1",
        ".redoubt-arriving"
      })
  void whatIsNoPlainNameDoesNot(String path) {
    assertThat(passage.mistake(path)).isPresent();
  }

  @Test
  void aNameThatIsTooLongOrTooDeepDoesNot() {
    assertThat(passage.mistake("a".repeat(256))).isPresent();
    assertThat(passage.mistake("a/".repeat(100) + "a")).isPresent();
    assertThat(passage.mistake("a".repeat(200) + ("/" + "a".repeat(200)).repeat(6))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".git/hooks/pre-commit", ".git/config", ".GIT/hooks/x", "sub/.git/hooks/x", ".mcp.json",
        ".claude/settings.json", ".vscode/tasks.json", ".redoubt/x", "redoubt.toml", ".envrc",
        ".env", "id_rsa", ".npmrc"
      })
  void whatThisMachineWouldObeyIsNotTaken(String path) {
    assertThat(passage.staysThere(new Change(path, null, FILE))).isPresent();
    assertThat(passage.staysThere(new Change(path, FILE, null))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"src/Main.java", ".git/index", ".git/objects/aa/bb", "AGENTS.md", "mvnw"})
  void whatACommandInAnySandboxMayWriteIsTaken(String path) {
    assertThat(passage.staysThere(new Change(path, null, FILE))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".env", "id_rsa", ".ssh/id_ed25519", ".npmrc", "deploy.pem", ".git/config"})
  void aSecretStaysHere(String path) {
    assertThat(passage.staysHere(path)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"l,a", "l,a/b", "d/l,../a", "d/e/l,../../a", "d/l,..", "l,not-there", "d/l,../d"})
  void aLinkInsideTheWorkIsTaken(String path, String target) {
    assertThat(passage.staysThere(new Change(path, null, new TreeEntry.Link(target)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "l,/etc/passwd",
    "l,..",
    "l,../x",
    "d/l,../../x",
    "l,a/../../x",
    "l,a/..",
    "l,./../x",
    "l,.git/hooks",
    "l,.git/config",
    "d/l,../.mcp.json",
    "l,''",
    "l,'../workspace/../x'"
  })
  void aLinkThatLeadsOutOrToSomethingProtectedIsNot(String path, String target) {
    assertThat(passage.staysThere(new Change(path, null, new TreeEntry.Link(target)))).isPresent();
  }

  @Test
  void aLinkThroughALinkThatLeadsOutIsNot() throws IOException {
    Files.createSymbolicLink(workspace.resolve("out"), Path.of("/etc"));

    assertThat(passage.staysThere(new Change("l", null, new TreeEntry.Link("out/passwd"))))
        .isPresent();
  }
}
