// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static dev.redoubt.testkit.provider.Reply.call;
import static dev.redoubt.testkit.provider.Reply.calls;
import static dev.redoubt.testkit.provider.Reply.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.cli.servers.ShellServer;
import dev.redoubt.testkit.provider.Asked;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Part;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs in which the model has agents of its own. The leader's requests are told from those
/// of its agents by what sub-agents are told.
class SubAgentsTest {

  private static final String WAIT = "{\"wait_seconds\":60}";

  @TempDir private Path folder;
  @TempDir private Path home;
  private final List<String> leader = new ArrayList<>();
  private final List<String> agents = new ArrayList<>();

  @Test
  void twoAgentsWorkAtTheSameTimeAndTheirAnswersComeBack() throws IOException {
    CountDownLatch both = new CountDownLatch(2);
    Run run =
        run(
            List.of(
                calls(
                    spawn("a", "{\"task\":\"look at A\"}"), spawn("b", "{\"task\":\"look at B\"}")),
                call("wait_agent", WAIT),
                say("Both looked.")),
            asked -> {
              both.countDown();
              await(both);
              return say(asked.contains("look at A") ? "A is fine." : "B is broken.");
            },
            "--json");

    assertThat(run.lastLine()).contains("\"status\":\"done\"", "\"text\":\"Both looked.\"");
    assertThat(leader.getLast()).contains("A is fine.", "B is broken.", "agent-1: done");
    assertThat(agents).allMatch(asked -> !asked.contains("\"name\":\"spawn_agent\""));
    // 3 answers of the leader and 2 of its agents, 27 tokens each.
    assertThat(run.lastLine()).contains("\"inputTokens\":100", "\"outputTokens\":35");
    String session =
        run.out().replaceAll("(?s).*agent-1 works in the session ([a-z0-9-]+).*", "$1");
    assertThat(session).endsWith("-s1");
    assertThat(run.out())
        .containsPattern("agent-1 ended: done; the session " + session + " ends with [0-9a-f]{64}");
    assertThat(terminal().redoubt("session", "show", session).out()).contains("look at ");
    assertThat(terminal().redoubt("evidence", "verify").exitCode()).isZero();
  }

  @Test
  void whatAgentsUseCountsForTheirLeaderAndEndsThemAll() {
    AtomicInteger turns = new AtomicInteger();
    Run run =
        run(
            List.of(
                calls(spawn("a", "{\"task\":\"go on A\"}"), spawn("b", "{\"task\":\"go on B\"}")),
                call("wait_agent", WAIT),
                say("never said")),
            _ -> call("bash", "{\"command\":\"echo %d\"}".formatted(turns.incrementAndGet())),
            "--json",
            "--max-tokens",
            "400");

    assertThat(run.exitCode()).isEqualTo(6);
    assertThat(run.lastLine()).contains("\"status\":\"budget\"", "this run may use 400 tokens");
    assertThat(run.out()).contains("agent-1 ended: budget", "agent-2 ended: budget");
    assertThat(turns.get()).isBetween(10, 16);
  }

  @Test
  void nobodyGivesWhatTheyDoNotHave() {
    run(
        List.of(
            call("spawn_agent", "{\"task\":\"x\",\"tools\":[\"view\",\"bash\"]}"),
            call("spawn_agent", "{\"task\":\"x\",\"model\":\"other/large\"}"),
            call("spawn_agent", "{\"task\":\"x\",\"kind\":\"root\"}"),
            call("spawn_agent", "{\"task\":\"change it\"}"),
            call("wait_agent", WAIT),
            say("ok")),
        asked ->
            asked.contains("there is no tool")
                ? say("I cannot.")
                : call("write", "{\"path\":\"made\",\"content\":\"x\"}"),
        "--mode",
        "plan",
        "--approval",
        "allow");

    assertThat(leader.getLast())
        .contains("you have no tool \\\\\\\"bash\\\\\\\"".replace("\\\\\\", "\\"))
        .contains("is none that you may choose", "there is no kind", "I cannot.");
    assertThat(agents).hasSize(2).noneMatch(asked -> asked.contains("\"name\":\"bash\""));
    assertThat(folder.resolve("made")).doesNotExist();
  }

  @Test
  void theGuardStandsBeforeAgentsAndRulesSpeakOfThem() {
    Run denied =
        run(
            List.of(call("spawn_agent", "{\"task\":\"x\"}"), say("ok")),
            _ -> say("never"),
            "--deny",
            "tool:redoubt/spawn_agent");
    assertThat(leader.getLast()).contains("denied");
    assertThat(agents).isEmpty();
    assertThat(denied.exitCode()).isZero();

    Run run =
        run(
            List.of(
                call("spawn_agent", "{\"task\":\"read the key\"}"),
                call("wait_agent", WAIT),
                say("ok")),
            asked ->
                asked.contains("path.sensitive.ssh")
                    ? say("It is denied.")
                    : call("bash", "{\"command\":\"cat ~/.ssh/id_rsa\"}"),
            "--json");
    assertThat(leader.getLast()).contains("It is denied.");
    assertThat(run.lastLine()).contains("\"deny\":1");
  }

  @Test
  void thereIsALimitToHowManyAndHowDeep() throws IOException {
    Files.writeString(
        folder.resolve("own.toml"),
        "[options.agents]\nmax-running = 2\nmax-total = 3\nmax-depth = 2\n");
    String task = "{\"task\":\"t%d\"}";
    run(
        List.of(
            calls(spawn("a", task.formatted(1)), spawn("b", task.formatted(2))),
            call("spawn_agent", task.formatted(3)),
            call("wait_agent", WAIT),
            call("spawn_agent", task.formatted(4)),
            call("spawn_agent", task.formatted(5)),
            call("wait_agent", WAIT),
            say("ok")),
        asked -> {
          await(3);
          if (asked.contains("t1") && asked.contains("\"name\":\"spawn_agent\"")) {
            return asked.contains("no more may")
                ? say("Too many.")
                : call("spawn_agent", "{\"task\":\"below\"}");
          }
          return say("done " + asked.length());
        },
        "--config",
        folder.resolve("own.toml").toString());

    assertThat(leader.getLast())
        .contains("2 sub-agents work at the same time", "there were 3 sub-agents", "Too many.");
    assertThat(terminal().redoubt("agents", "list", "--config", "bad.toml").exitCode()).isNotZero();
  }

  @Test
  void theEndOfTheLeaderIsTheEndOfItsAgents() throws IOException {
    Run run =
        run(
            List.of(
                call("spawn_agent", "{\"task\":\"tick\"}"),
                call("wait_agent", WAIT),
                say("never said")),
            _ ->
                call(
                    "bash",
                    "{\"command\":\"while :; do date >> ticks; sleep 0.05;"
                        + " done\",\"timeout_seconds\":60}"),
            "--json",
            "--approval",
            "allow",
            "--timeout",
            "3s");

    assertThat(run.exitCode()).isEqualTo(124);
    assertThat(run.out()).contains("agent-1 ended: cancelled");
    assertThat(terminal().redoubt("undo").exitCode()).isZero();
    assertThat(folder.resolve("ticks")).doesNotExist();
  }

  @Test
  void anAgentHearsMoreAndAModelIsRemindedOfItsAgents() {
    Run run =
        run(
            List.of(
                call("spawn_agent", "{\"task\":\"first\"}"),
                call("wait_agent", WAIT),
                call("message_agent", "{\"agent\":\"agent-1\",\"message\":\"Now the other.\"}"),
                say("I am done."),
                call("wait_agent", WAIT),
                call("stop_agent", "{\"agent\":\"agent-1\"}"),
                call("list_agents", "{}"),
                call("message_agent", "{\"agent\":\"agent-7\",\"message\":\"x\"}"),
                say("Now I am.")),
            asked -> {
              if (asked.contains("Now the other.")) {
                await(5);
                return say("Two.");
              }
              return say("One.");
            },
            "--json");

    assertThat(run.lastLine()).contains("Now I am.");
    assertThat(leader.getLast())
        .contains("Still at work, and ended by your answer: agent-1.", "One.", "Two.")
        .contains("agent-1 has ended", "there is no agent \\\"agent-7\\\"");
    assertThat(agents.getLast()).contains("first", "One.", "Now the other.");
  }

  @Test
  void anAgentCanBeDescribedInAFileThatIsTrusted() throws IOException {
    Files.createDirectories(folder.resolve(".git"));
    Files.createDirectories(folder.resolve(".claude/agents"));
    Files.writeString(
        folder.resolve(".claude/agents/reviewer.md"),
        "---\nname: reviewer\ndescription: Reviews.\ntools: Read, Grep, Bash\nmodel: evil/x\n---\n"
            + "Be strict.");
    List<Reply> script =
        List.of(
            call("spawn_agent", "{\"task\":\"review\",\"kind\":\"reviewer\",\"tools\":[\"view\"]}"),
            call("wait_agent", WAIT),
            say("ok"));

    Run before = run(script, _ -> say("never"));
    assertThat(before.err()).contains(".claude/agents/reviewer.md was not loaded");
    assertThat(agents).isEmpty();
    assertThat(terminal().redoubt("agents", "list").out()).isEqualTo("no agents\n");

    assertThat(terminal().redoubt("trust", "add", ".", "--yes").exitCode()).isZero();
    assertThat(terminal().redoubt("agents", "list").out())
        .contains("reviewer", "tools: view, grep, bash", "Reviews.");
    run(script, _ -> say("fine"));
    assertThat(leader.getLast()).contains("a checkout may not choose", "- reviewer: Reviews.");
    assertThat(agents.getLast())
        .contains("Be strict.", "\"name\":\"view\"")
        .doesNotContain("\"name\":\"grep\"", "\"name\":\"bash\"");
  }

  @Test
  void agentsUseTheServersOfTheirLeaderAndNoMore() throws IOException {
    Path place = home.resolve("server");
    ShellServer.in(place, ShellServer.tools("echo", "die", "fail"));
    Path config = home.resolve(".config/redoubt/redoubt.toml");
    Files.createDirectories(config.getParent());
    Files.writeString(
        config,
        "[mcp.servers.sh]\ncommand = \"sh\"\nargs = [\"%s\"]\n[mcp]\nlazy-tools = 2\n"
            .formatted(place.resolve("server.sh")));
    Files.createDirectories(home.resolve(".claude/agents"));
    Files.writeString(
        home.resolve(".claude/agents/echoer.md"),
        "---\nname: echoer\ndescription: Echoes.\ntools: mcp__sh__echo\n---\n");
    List<Reply> script =
        List.of(
            call("tool_search", "{\"query\":\"die\"}"),
            call("mcp__sh__die", "{}"),
            calls(
                spawn("a", "{\"task\":\"A\",\"kind\":\"echoer\"}"), spawn("b", "{\"task\":\"B\"}")),
            call("wait_agent", WAIT),
            say("ok"));

    run(
        script,
        asked ->
            asked.contains(" {} in ")
                ? say("It echoed.")
                : asked.contains("B\"") && !asked.contains("can be called from now on")
                    ? call("tool_search", "{\"query\":\"echo\"}")
                    : call("mcp__sh__echo", "{}"),
        "--approval",
        "allow");

    assertThat(leader.getLast()).contains("agent-1: done", "agent-2: done", "It echoed.");
    assertThat(agents.stream().filter(asked -> asked.contains("\"A\"")))
        .isNotEmpty()
        .allMatch(asked -> asked.contains("\"name\":\"mcp__sh__echo\""))
        .noneMatch(asked -> asked.contains("mcp__sh__fail") || asked.contains("tool_search\""));

    run(script, _ -> say("nothing"), "--approval", "allow", "--mode", "plan");
    assertThat(agents).isNotEmpty().noneMatch(asked -> asked.contains("mcp__sh__fail"));
  }

  private static Part.Call spawn(String id, String arguments) {
    return new Part.Call("call_" + id, "spawn_agent", arguments);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /* Until the leader has asked that often. */
  private void await(int requests) {
    try {
      for (int i = 0; i < 3_000 && asked() < requests; i++) {
        new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int asked() {
    synchronized (leader) {
      return leader.size();
    }
  }

  private Run run(List<Reply> replies, Function<String, Reply> others, String... options) {
    leader.clear();
    agents.clear();
    AtomicInteger next = new AtomicInteger();
    ScriptedProvider.Script script =
        (Asked asked, int _) -> {
          String body = asked.body();
          if (body.contains("You are a sub-agent")) {
            synchronized (agents) {
              agents.add(body);
            }
            return others.apply(body);
          }
          synchronized (leader) {
            leader.add(body);
          }
          return replies.get(Math.min(next.getAndIncrement(), replies.size() - 1));
        };
    try (ScriptedProvider provider = ScriptedProvider.start(Dialect.OPENAI_CHAT, script)) {
      List<String> all =
          new ArrayList<>(
              List.of("run", "lead", "--provider-url", provider.url(), "--model", "scripted"));
      all.addAll(List.of(options));
      return terminal().redoubt(all.toArray(String[]::new));
    }
  }

  private Terminal terminal() {
    return new Terminal(folder, home).withVariable("OPENAI_API_KEY", "x");
  }
}
