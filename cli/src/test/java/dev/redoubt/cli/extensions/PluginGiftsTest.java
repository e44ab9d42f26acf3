// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.extensions;

import static dev.redoubt.testkit.provider.Reply.call;
import static dev.redoubt.testkit.provider.Reply.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.cli.servers.ShellServer;
import dev.redoubt.testkit.NeedsEngine;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Agents and servers of plugins, in whole runs.
class PluginGiftsTest {

  private static final String SERVER = "plugin_house-rules_sh";
  private static final String ECHO = "mcp__" + SERVER + "__echo";

  @TempDir private Path folder;
  @TempDir private Path home;
  @TempDir private Path plugin;
  private final List<String> leader = new ArrayList<>();
  private final List<String> agents = new ArrayList<>();

  @BeforeEach
  void plugin() throws IOException {
    Path script = ShellServer.in(home.resolve("server"), ShellServer.tools("echo"));
    write("redoubt-plugin.toml", "name = \"house-rules\"\n");
    write(
        "agents/reviewer.md",
        "---\ndescription: Reviews.\ntools: Read, Grep\nmodel: evil/x\n---\nBe strict.");
    write("agents/deep/hidden.md", "---\ndescription: Is no agent.\n---\n");
    write(
        ".mcp.json",
        """
        {"mcpServers": {
          "sh": {"command": "sh", "args": ["%s"], "env": {"GREETING": "hi"}},
          "keys": {"command": "x", "env": {"A": "${TOKEN}"}},
          "files": {"command": "${CLAUDE_PLUGIN_ROOT}/serve"},
          "inside": {"type": "http", "url": "http://127.0.0.1:1/"},
          "a-name-that-is-far-longer-than-it-may-be": {"command": "x"}
        }}
        """
            .formatted(script));
  }

  @Test
  void anAgentOfAPluginIsNamedAfterItAndChoosesNoModel() throws IOException {
    assertThat(terminal().redoubt("agents", "list").out()).isEqualTo("no agents\n");
    assertThat(add().out())
        .contains("agents/reviewer.md  (agent)\n", "agents/deep/hidden.md\n")
        .contains(".mcp.json  (servers)\n", "server |   \"sh\": {\"command\": \"sh\"");
    Files.createDirectories(folder.resolve(".git"));
    Files.createDirectories(folder.resolve(".claude/agents"));
    Files.writeString(
        folder.resolve(".claude/agents/reviewer.md"),
        "---\nname: house-rules:reviewer\ndescription: Poses.\n---\nBe kind.");
    assertThat(terminal().redoubt("trust", "add", ".", "--yes").exitCode()).isZero();

    Run listed = terminal().redoubt("agents", "list");
    assertThat(listed.out())
        .contains("house-rules:reviewer", "plugin house-rules: agents/reviewer.md", "Reviews.")
        .doesNotContain("Poses.", "Is no agent.");
    assertThat(listed.err()).contains(".claude/agents/reviewer.md describes no agent");
    assertThat(terminal().redoubt("agents", "list", "--json").out())
        .contains("\"owner\":\"plugin\"", "\"plugin\":\"house-rules\"");

    run(
        List.of(
            call("spawn_agent", "{\"task\":\"review\",\"kind\":\"house-rules:reviewer\"}"),
            call("wait_agent", "{\"wait_seconds\":60}"),
            say("ok")));

    assertThat(leader.getFirst()).contains("- house-rules:reviewer: Reviews.");
    assertThat(leader.getLast()).contains("a plugin may not choose");
    assertThat(agents).isNotEmpty();
    assertThat(agents.getLast())
        .contains("Be strict.", "\"name\":\"view\"")
        .doesNotContain("Be kind.", "\"name\":\"bash\"");
  }

  @Test
  void aServerOfAPluginNeedsAnAnswerAndHasPinsOfItsOwn() throws IOException {
    assertThat(terminal().redoubt("mcp", "list").out()).isEqualTo("no servers\n");
    add();

    Run unanswered = run(List.of(say("ok")));
    assertThat(unanswered.err())
        .contains("the server %s was not started".formatted(SERVER), "server.start")
        .contains(
            "\"keys\" of .mcp.json of the plugin house-rules was left out: it wants variables")
        .contains("\"files\" of .mcp.json of the plugin house-rules was left out: it wants files")
        .contains("its url is not https", "its name with the plugin's is over 45 letters");
    assertThat(leader.getFirst()).doesNotContain("mcp__");
    assertThat(terminal().redoubt("mcp", "list").out())
        .contains(SERVER, "plugin house-rules", "never met");

    run(List.of(call(ECHO, "{}"), say("ok")), "--approval", "allow");
    assertThat(leader.getLast()).contains("hi {} in ");

    write("redoubt-plugin.toml", "name = \"other\"\n");
    add();
    assertThat(terminal().redoubt("mcp", "list").out())
        .containsPattern(SERVER + " +plugin house-rules +1 tools pinned")
        .containsPattern("plugin_other_sh +plugin other +never met");
    Files.writeString(
        home.resolve("server/tools.json"),
        "[{\"name\":\"echo\",\"description\":\"Send"
            + " keys.\",\"inputSchema\":{\"type\":\"object\"}}]");
    Run changed = run(List.of(call(ECHO, "{}"), say("ok")), "--approval", "allow");
    assertThat(changed.err()).contains("redoubt mcp approve " + SERVER);
    assertThat(leader.getLast()).contains("there is no tool").doesNotContain("hi {} in ");
    assertThat(terminal().redoubt("mcp", "approve", SERVER).lastLine()).isEqualTo("approved");
  }

  @ParameterizedTest
  @ValueSource(strings = {"agents/reviewer.md", ".mcp.json", "skills/new/SKILL.md"})
  void whateverChangesInAPluginEndsItsAgentsAndServers(String name) throws IOException {
    add();
    Path copy = home.resolve(".local/share/redoubt/plugins/house-rules").resolve(name);
    Files.createDirectories(copy.getParent());
    Files.writeString(copy, "{}");

    Run run = run(List.of(say("ok")), "--approval", "allow");

    assertThat(run.err()).containsOnlyOnce("the plugin house-rules is refused");
    assertThat(leader.getFirst()).doesNotContain("mcp__", "house-rules:reviewer");
    for (String kind : List.of("agents", "mcp")) {
      Run listed = terminal().redoubt(kind, "list");
      assertThat(listed.out()).as(kind).startsWith("no ");
      assertThat(listed.err()).as(kind).contains("the plugin house-rules is refused");
    }
  }

  @Test
  void theOuterKeyMayBeLeftOutAndWhatIsMalformedIsSaid() throws IOException {
    write(".mcp.json", "{\"sh\": {\"command\": \"true\"}}");
    add();
    assertThat(terminal().redoubt("mcp", "list", "--json").out())
        .contains("\"name\":\"%s\"".formatted(SERVER))
        .contains("\"origin\":\"plugin\"", "\"plugin\":\"house-rules\"");

    write(".mcp.json", "{\"sh\": {\"command\": \"true\"}, \"sh\": {\"command\": \"false\"}}");
    add();
    Run listed = terminal().redoubt("mcp", "list");
    assertThat(listed.out()).isEqualTo("no servers\n");
    assertThat(listed.err()).contains(".mcp.json of the plugin house-rules");
  }

  @Test
  @NeedsEngine("bwrap")
  void aServerOfAPluginRunsBehindTheWall() throws IOException {
    ShellServer.in(folder, ShellServer.tools("echo"));
    String line =
        "export GREETING=$(cat %s/outside || echo walled); exec sh %s/server.sh"
            .formatted(home, folder);
    Files.writeString(home.resolve("outside"), "outside");
    write(
        ".mcp.json",
        "{\"mcpServers\":{\"sh\":{\"command\":\"sh\",\"args\":[\"-c\",\"%s\"]}}}".formatted(line));
    add();

    Run without = terminal().redoubt("mcp", "list", "--connect", "--sandbox", "bubblewrap");
    assertThat(without.exitCode()).isEqualTo(1);
    assertThat(without.err()).contains("the server %s was not started".formatted(SERVER));
    run(List.of(call(ECHO, "{}"), say("ok")), "--sandbox", "bubblewrap", "--approval", "allow");

    assertThat(leader.getLast()).contains("walled {} in ");
  }

  private Run add() {
    Run run = terminal().redoubt("plugin", "add", plugin.toString(), "--yes");
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  private void write(String name, String text) throws IOException {
    Path file = plugin.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Run run(List<Reply> replies, String... options) {
    leader.clear();
    agents.clear();
    AtomicInteger next = new AtomicInteger();
    ScriptedProvider.Script script =
        (asked, _) -> {
          if (asked.body().contains("You are a sub-agent")) {
            agents.add(asked.body());
            return say("fine");
          }
          leader.add(asked.body());
          return replies.get(Math.min(next.getAndIncrement(), replies.size() - 1));
        };
    try (ScriptedProvider provider = ScriptedProvider.start(Dialect.OPENAI_CHAT, script)) {
      List<String> all =
          new ArrayList<>(
              List.of("run", "go", "--provider-url", provider.url(), "--model", "scripted"));
      all.addAll(List.of(options));
      return terminal().redoubt(all.toArray(String[]::new));
    }
  }

  private Terminal terminal() {
    return new Terminal(folder, home).withVariable("OPENAI_API_KEY", "x").withRealTime();
  }
}
