// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.staged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.sandbox.staging.StagingArea;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written with `--writes staged`, from the command to the workspace and back.
class StagedCommandsTest {

  @TempDir private Path folder;
  @TempDir private Path home;
  private Terminal terminal;

  @BeforeEach
  void make() throws IOException {
    terminal = new Terminal(folder, home);
    Files.createDirectories(folder.resolve("src/deep"));
    Files.writeString(folder.resolve("src/deep/g"), "g\n");
    Files.writeString(folder.resolve("src/f"), "f\n");
    Files.writeString(folder.resolve("text"), "1\n2\n3\n4\n5\n6\n");
  }

  private Run redoubt(String... arguments) {
    return terminal.redoubt(arguments);
  }

  private int staged(String script) throws IOException {
    Path file = Files.writeString(home.resolve("script"), script);
    Files.copy(file, folder.resolve("script"));
    try {
      return redoubt(
              "exec",
              "--sandbox",
              "bubblewrap",
              "--approval",
              "allow",
              "--writes",
              "staged",
              "--",
              "sh",
              "script")
          .exitCode();
    } finally {
      Files.delete(folder.resolve("script"));
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> !path.equals(folder))
          .map(path -> folder.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  @NeedsEngine("bwrap")
  void aRepositoryOfAnyNameIsNotApplied() throws IOException {
    Files.createDirectories(folder.resolve("meta/objects"));
    Files.createDirectories(folder.resolve("meta/refs"));
    Files.writeString(folder.resolve("meta/HEAD"), "ref: refs/heads/main\n");

    assertThat(
            staged(
                """
                mkdir meta/hooks; echo evil > meta/hooks/pre-commit
                mkdir -p q/objects q/refs; cp meta/HEAD q; echo evil > q/config; echo x > fine
                """))
        .isZero();
    assertThat(redoubt("staged", "apply", "--approval", "allow").exitCode()).isEqualTo(20);

    assertThat(folder.resolve("fine")).hasContent("x");
    assertThat(folder.resolve("meta/hooks/pre-commit")).doesNotExist();
    assertThat(folder.resolve("q/config")).doesNotExist();
    assertThat(
            redoubt(
                    "exec",
                    "--sandbox",
                    "local",
                    "--approval",
                    "allow",
                    "--",
                    "bash",
                    "-c",
                    "mkdir -p meta/hooks; echo x > meta/hooks/pre-commit")
                .exitCode())
        .isEqualTo(20);
    assertThat(folder.resolve("meta/hooks/pre-commit")).doesNotExist();
  }

  @Test
  @NeedsEngine("bwrap")
  void theWorkspaceStaysAsItIsUntilWhatIsStagedIsApplied() throws IOException {
    List<String> before = files();

    assertThat(
            staged(
                """
                sed -i s/3/three/ text; chmod 600 src/f; rm -rf src/deep; mkdir src/deep
                echo new > src/deep/n; ln -s text link; printf '\\000\\377' > binary
                mv src/f src/moved
                """))
        .isZero();

    assertThat(files()).isEqualTo(before);
    assertThat(folder.resolve("text")).hasContent("1\n2\n3\n4\n5\n6\n");
    assertThat(redoubt("staged").out())
        .isEqualTo(
            """
            created   binary  (file, mode 644)
            created   link  (link)
            deleted   src/deep/g  (file, mode 644)
            created   src/deep/n  (file, mode 644)
            deleted   src/f  (file, mode 644)
            created   src/moved  (file, mode 600)
            changed   text  (file, mode 644)
            """);
    assertThat(redoubt("staged", "diff", "text", "src/deep").out())
        .isEqualTo(
            """
            src/deep/g: deleted file, mode 644
            --- a/src/deep/g
            +++ /dev/null
            @@ -1 +0,0 @@
            -g
            src/deep/n: new file, mode 644
            --- /dev/null
            +++ b/src/deep/n
            @@ -0,0 +1 @@
            +new
            text: changed
            --- a/text
            +++ b/text
            @@ -1,6 +1,6 @@
             1
             2
            -3
            +three
             4
             5
             6
            """);

    // The next command sees what the one before staged.
    assertThat(
            staged("grep three text && test ! -e src/f && test -L link && echo more >> src/moved"))
        .isZero();
    assertThat(redoubt("staged", "apply").exitCode()).isZero();

    assertThat(files())
        .containsExactly("binary", "link", "src", "src/deep", "src/deep/n", "src/moved", "text");
    assertThat(folder.resolve("src/moved")).hasContent("f\nmore\n");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("src/moved"))))
        .isEqualTo("rw-------");
    assertThat(Files.readSymbolicLink(folder.resolve("link"))).isEqualTo(Path.of("text"));
    assertThat(redoubt("staged").out()).isEqualTo("nothing is staged\n");

    assertThat(redoubt("undo").exitCode()).isZero();
    assertThat(files()).isEqualTo(before);
    assertThat(folder.resolve("text")).hasContent("1\n2\n3\n4\n5\n6\n");
  }

  @Test
  @NeedsEngine("bwrap")
  void whatThePersonChangedSinceIsMergedOrLeft() throws IOException {
    staged("sed -i s/2/two/ text; echo agent > src/f; rm -rf src/deep");
    Files.writeString(folder.resolve("text"), "1\n2\n3\n4\n5\nsix\n");
    Files.writeString(folder.resolve("src/f"), "person\n");
    Files.writeString(folder.resolve("src/deep/mine"), "mine\n");

    Run apply = redoubt("staged", "apply");

    assertThat(apply.exitCode()).isEqualTo(1);
    assertThat(apply.out())
        .contains("left as it is (conflict): src/f: the workspace changed since");
    assertThat(folder.resolve("text")).hasContent("1\ntwo\n3\n4\n5\nsix\n");
    assertThat(folder.resolve("src/f")).hasContent("person\n");
    assertThat(folder.resolve("src/deep/mine")).hasContent("mine\n");
    assertThat(folder.resolve("src/deep/g")).doesNotExist();
    assertThat(redoubt("staged", "list").out()).contains("changed   src/f").contains("conflict: ");

    // Nothing was lost: as soon as the way is free, the staged content is applied.
    Files.writeString(folder.resolve("src/f"), "f\n");
    redoubt("staged", "apply", "src/f");
    assertThat(folder.resolve("src/f")).hasContent("agent\n");
  }

  @Test
  @NeedsEngine("bwrap")
  void protectedPlacesStayStagedUntilARuleAllowsThem() throws IOException {
    staged(
        "echo a > AGENTS.md; echo b > .envrc; echo c > plain; mkdir -p sub/.git; >"
            + " sub/.git/config");

    Run apply = redoubt("staged", "apply");

    assertThat(apply.exitCode()).isEqualTo(20);
    assertThat(apply.out())
        .contains("still staged: .envrc: denied: ", "still staged: AGENTS.md: nobody said yes: ");
    assertThat(files()).contains("plain", "sub").doesNotContain("AGENTS.md", ".envrc", "sub/.git");
    assertThat(redoubt("staged", "apply", "AGENTS.md").exitCode()).isEqualTo(10);
    assertThat(redoubt("staged", "apply", "AGENTS.md", "--approval", "allow").exitCode()).isZero();
    assertThat(folder.resolve("AGENTS.md")).hasContent("a\n");
    assertThat(redoubt("staged", "discard").exitCode()).isZero();
    assertThat(folder.resolve(".envrc")).doesNotExist();
  }

  @Test
  @NeedsEngine("bwrap")
  void aFolderIsMadeOnlyWhenItIsPermittedItself() throws IOException {
    staged("mkdir -p closed/in open/in; echo a > closed/in/a; echo b > open/in/b");
    Path config = home.resolve(".config/redoubt/redoubt.toml");
    Files.createDirectories(config.getParent());
    Files.writeString(
        config,
        """
        [[guard.rules]]
        effect = "deny"
        action = "write"
        path = "closed"
        reason = "not here"
        """);

    Run apply = redoubt("staged", "apply", "closed/in/a", "open/in/b");

    assertThat(apply.exitCode()).as(apply.err()).isEqualTo(20);
    assertThat(apply.out())
        .contains("still staged: closed: denied: ", "the folder \"closed\" is staged");
    assertThat(files()).contains("open/in/b").doesNotContain("closed", "closed/in");
    assertThat(redoubt("staged").out()).contains("closed/in/a").doesNotContain("open");
  }

  @Test
  @NeedsEngine("bwrap")
  void hooksAndPlacesThatAreAbsentCannotBeWrittenInTheOverlayEither() throws IOException {
    Files.createDirectories(folder.resolve(".git/hooks"));
    Files.writeString(folder.resolve(".git/HEAD"), "ref: refs/heads/main\n");
    Files.writeString(folder.resolve(".env"), "SECRET=1\n");

    staged(
        """
        echo x > .git/hooks/pre-commit; echo x > .git/HEAD; mkdir .vscode/x; echo x > .mcp.json/x
        mv .git elsewhere; cat .env; echo done > made
        """);

    assertThat(redoubt("staged").out()).isEqualTo("created   made  (file, mode 644)\n");
    assertThat(files())
        .containsExactly(
            ".env",
            ".git",
            ".git/HEAD",
            ".git/hooks",
            "src",
            "src/deep",
            "src/deep/g",
            "src/f",
            "text");
  }

  @Test
  @NeedsEngine("bwrap")
  void whatIsInTheWorkspaceByNowHidesItNoLonger() throws IOException {
    staged("echo agent > src/f; echo other > o");
    Files.writeString(folder.resolve("src/f"), "agent\n");

    assertThat(redoubt("staged").out()).isEqualTo("created   o  (file, mode 644)\n");
    staged("true");
    Files.writeString(folder.resolve("src/f"), "person\n");
    assertThat(staged("grep person src/f && grep other o")).isZero();
    assertThat(redoubt("staged").out()).isEqualTo("created   o  (file, mode 644)\n");
  }

  @Test
  @NeedsEngine("bwrap")
  void aPathOfADeletedFolderIsDiscardedByItself() throws IOException {
    staged("rm -rf src; echo new > n");

    assertThat(redoubt("staged", "discard", "src/deep").exitCode()).isZero();

    assertThat(redoubt("staged").out())
        .isEqualTo(
            """
            created   n  (file, mode 644)
            deleted   src/f  (file, mode 644)
            """);
    assertThat(staged("cat src/deep/g && test ! -e src/f")).isZero();
    assertThat(redoubt("staged", "discard", "nowhere").exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "landlock"})
  @NeedsEngine("bwrap")
  void aBackendThatCannotStageWhatCommandsWriteRefusesThoseThatMay(String backend)
      throws IOException {
    List<String> before = files();

    Run run =
        redoubt(
            "exec",
            "--sandbox",
            backend,
            "--writes",
            "staged",
            "--approval",
            "allow",
            "--",
            "touch",
            "made");

    assertThat(run.exitCode()).isEqualTo(20);
    assertThat(run.err()).contains("cannot stage what a command writes", "--writes direct");
    assertThat(files()).isEqualTo(before);
    assertThat(
            redoubt("exec", "--sandbox", backend, "--writes", "staged", "--", "cat", "text")
                .exitCode())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"touch", "true"})
  @NeedsEngine("bwrap")
  void ofTwoCommandsAtOnceTheSecondNamesTheFirst(String program) throws IOException {
    Path data = home.resolve(".local/share/redoubt");
    try (StagingArea.Held _ = StagingArea.of(data, folder.toRealPath()).hold("make fix")) {
      Run run =
          redoubt("exec", "--sandbox", "bubblewrap", "--writes", "staged", "--", program, "made");

      assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
      assertThat(run.err()).contains("are in use by process ", "(make fix): try again");
    }
    assertThat(redoubt("staged").out()).doesNotContain("made");
  }

  @Test
  void theModeComesFromTheConfigurationAndIsChecked() throws IOException {
    Path config = home.resolve("c.toml");
    Files.writeString(config, "[options.sandbox]\nwrites = \"staged\"\n");
    List<String> exec = List.of("exec", "--approval", "allow", "--", "touch", "made");
    List<String> configured = new ArrayList<>(List.of("--config", config.toString()));
    configured.addAll(exec);

    assertThat(redoubt(configured.toArray(String[]::new)).exitCode()).isEqualTo(20);
    assertThat(redoubt("exec", "--writes", "later", "--", "ls").exitCode()).isEqualTo(2);
    Files.writeString(config, "[options.sandbox]\nwrites = \"later\"\n");
    assertThat(redoubt(configured.toArray(String[]::new)).exitCode()).isEqualTo(2);
    assertThat(Files.exists(folder.resolve("made"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void withNothingStagedThereIsNothingToDo() {
    assertThat(redoubt("staged").out()).isEqualTo("nothing is staged\n");
    assertThat(redoubt("staged", "apply").exitCode()).isZero();
    assertThat(redoubt("staged", "discard").exitCode()).isZero();
    assertThat(redoubt("staged", "diff").exitCode()).isZero();
    assertThat(redoubt("staged", "--json").out()).contains("\"staged\"");
    assertThat(redoubt("staged", "diff", "text").exitCode()).isEqualTo(2);
  }
}
