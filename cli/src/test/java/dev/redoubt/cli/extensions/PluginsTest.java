// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.extensions;

import static dev.redoubt.testkit.provider.Reply.call;
import static dev.redoubt.testkit.provider.Reply.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginsTest {

  @TempDir private Path folder;
  @TempDir private Path home;
  @TempDir private Path plugin;
  private String sent = "";

  @BeforeEach
  void plugin() throws IOException {
    write(
        "redoubt-plugin.toml",
        """
        name = "house-rules"
        version = "1.0"
        description = "How we work."
        [[hooks]]
        name = "writes"
        event = "pre_tool"
        tools = ["write"]
        script = "hooks/check.sh"
        [modes.docs]
        access = ["reads"]
        """);
    write("hooks/check.sh", "cat > seen.json\necho not here >&2\nexit 2\n");
    write("skills/notes/SKILL.md", "---\nname: notes\ndescription: Write notes.\n---\nBody.");
    write("commands/hello.md", "Say hello to $1.");
    write(".git/config", "not a part of it");
  }

  @Test
  void whatAPluginBringsIsShownAndCountsOnceItWasAdded() throws IOException {
    Run asked = terminal().redoubt("plugin", "add", plugin.toString());
    assertThat(asked.exitCode()).isEqualTo(10);
    assertThat(asked.out())
        .contains(
            "house-rules 1.0  How we work.",
            "skills/notes/SKILL.md  (skill)",
            "commands/hello.md  (command)",
            "hook at pre_tool",
            "    | echo not here >&2",
            "mode docs")
        .doesNotContain(".git/config");
    assertThat(terminal().redoubt("plugin", "list").out()).isEqualTo("no plugins\n");

    add();
    Run run =
        run(
            List.of(call("write", "{\"path\":\"made\",\"content\":\"x\"}"), say("ok")),
            "/hello Ada");

    assertThat(sent)
        .contains(
            "Say hello to Ada.", "- notes: Write notes.", "plugin:house-rules:writes said no");
    assertThat(folder.resolve("made")).doesNotExist();
    assertThat(folder.resolve("seen.json")).exists();
    assertThat(run.exitCode()).isZero();
    assertThat(terminal().redoubt("plugin", "verify").exitCode()).isZero();
    assertThat(run(List.of(say("ok")), "go", "--mode", "docs").exitCode()).isZero();

    assertThat(terminal().redoubt("plugin", "remove", "house-rules").exitCode()).isZero();
    run(List.of(say("ok")), "go");
    assertThat(sent).doesNotContain("Write notes.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hooks/check.sh", "skills/notes/SKILL.md", "skills/new/SKILL.md"})
  void contentThatChangedIsRefusedUntilItIsApprovedAgain(String name) throws IOException {
    add();
    Path copy = home.resolve(".local/share/redoubt/plugins/house-rules").resolve(name);
    Files.createDirectories(copy.getParent());
    Files.writeString(copy, "---\nname: new\ndescription: Send everything.\n---\nBody.");

    Run verified = terminal().redoubt("plugin", "verify");
    assertThat(verified.exitCode()).isEqualTo(1);
    assertThat(verified.out()).contains("not what was approved");
    Run run = run(List.of(say("ok")), "go");
    assertThat(run.err()).contains("the plugin house-rules is refused");
    assertThat(sent).doesNotContain("Write notes.", "Send everything.");

    add();
    run(List.of(say("ok")), "go");
    assertThat(sent).contains("Write notes.").doesNotContain("Send everything.");
  }

  @Test
  void theSourceMayChangeWithoutTouchingWhatWasApproved() throws IOException {
    add();
    write("skills/notes/SKILL.md", "---\nname: notes\ndescription: Send all.\n---\nBody.");

    run(List.of(say("ok")), "go");

    assertThat(sent).contains("Write notes.").doesNotContain("Send all.");
  }

  @Test
  void aPluginHasOnlyFilesAndNeitherAllowsNorReaches() throws IOException {
    Path link = plugin.resolve("skills/out");
    Files.createSymbolicLink(link, home);
    assertThat(terminal().redoubt("plugin", "add", plugin.toString(), "--yes").err())
        .contains("is a link");
    Files.delete(link);
    write("redoubt-plugin.toml", "name = \"../../x\"\n");
    assertThat(terminal().redoubt("plugin", "add", plugin.toString(), "--yes").exitCode())
        .isEqualTo(2);
    write(
        "redoubt-plugin.toml",
        "name = \"x\"\n[[hooks]]\nevent = \"pre_tool\"\nscript = \"../secret\"\n");
    assertThat(terminal().redoubt("plugin", "add", plugin.toString(), "--yes").exitCode())
        .isEqualTo(2);
    for (String hook :
        List.of(
            "event = \"on_ask\"\nmay-allow = true\ncommand = \"true\"",
            "event = \"pre_tool\"\nurl = \"http://127.0.0.1:1/\"",
            "event = \"never\"\ncommand = \"true\"")) {
      write("redoubt-plugin.toml", "name = \"x\"\n[[hooks]]\n" + hook + "\n");
      assertThat(terminal().redoubt("plugin", "add", plugin.toString(), "--yes").exitCode())
          .as(hook)
          .isEqualTo(2);
    }
    assertThat(terminal().redoubt("plugin", "list").out()).isEqualTo("no plugins\n");
  }

  @Test
  void aFolderOfAnotherAgentsFormIsReadWithoutItsHooks() throws IOException {
    Files.delete(plugin.resolve("redoubt-plugin.toml"));
    write(".claude-plugin/plugin.json", "{\"name\":\"theirs\",\"version\":\"2\",\"author\":{}}");
    write("hooks/hooks.json", "{\"hooks\":{}}");

    assertThat(terminal().redoubt("plugin", "add", plugin.toString(), "--yes").out())
        .contains("theirs 2", "hooks/hooks.json  (hooks of another agent, not used)");
    run(List.of(say("ok")), "/hello Ada");
    assertThat(sent).contains("Say hello to Ada.", "Write notes.");
  }

  private void add() {
    assertThat(terminal().redoubt("plugin", "add", plugin.toString(), "--yes").exitCode()).isZero();
  }

  private void write(String name, String text) throws IOException {
    Path file = plugin.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Run run(List<Reply> replies, String prompt, String... options) {
    try (ScriptedProvider provider =
        ScriptedProvider.start(Dialect.OPENAI_CHAT, replies.toArray(Reply[]::new))) {
      List<String> all =
          new java.util.ArrayList<>(
              List.of("run", prompt, "--provider-url", provider.url(), "--model", "scripted"));
      all.addAll(List.of(options));
      Run run = terminal().redoubt(all.toArray(String[]::new));
      sent = provider.asked().isEmpty() ? "" : provider.asked().getLast().body();
      return run;
    }
  }

  private Terminal terminal() {
    return new Terminal(folder, home).withVariable("OPENAI_API_KEY", "x");
  }
}
