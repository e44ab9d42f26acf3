// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.extensions;

import static dev.redoubt.testkit.provider.Reply.call;
import static dev.redoubt.testkit.provider.Reply.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.testkit.NeedsEngine;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HooksTest {

  private static final Reply WRITE = call("write", "{\"path\":\"made\",\"content\":\"x\"}");

  @TempDir private Path folder;
  @TempDir private Path home;
  private String sent = "";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "head -c 1000000000 /dev/zero | over 64 KB",
        "sleep 600 | it took longer than 1 s",
        "echo yes | is not JSON",
        "echo '{\"decision\":\"block\"}' | its decision is not none",
        "echo '{\"allowed\":true}' | has a field",
        "echo '[]' | is no JSON object",
        "printf '\\377\\376{' | its answer",
        "exit 3 | exit code 3",
        "kill -9 $$ | 9",
        "/nonexistent/program | exit code 127",
        "cat ~/.ssh/id_rsa | path.sensitive.ssh",
        "echo '{\"decision\":\"allow\",\"arguments\":[]}' | is no object",
      })
  void aGateHookThatFailsInAnyWayDenies(String command, String why) throws IOException {
    String hook =
        """
        [[hooks]]
        event = "pre_tool"
        tools = ["write"]
        command = '''%s'''
        timeout = "%s"
        """
            .formatted(command, command.startsWith("sleep") ? "1s" : "60s");
    configure(hook);

    Run run = run(List.of(WRITE, say("ok")), "go");

    assertThat(folder.resolve("made")).doesNotExist();
    assertThat(sent).contains("has to agree and failed", why);
    assertThat(run.err()).contains("hook pre_tool-1 at pre_tool: failed");
    if (command.startsWith("exit")) {
      configure(hook + "gate = false\n");
      Run open = run(List.of(WRITE, say("ok")), "go");
      assertThat(folder.resolve("made")).exists();
      assertThat(open.err()).contains("hook pre_tool-1 at pre_tool: failed", "exit code 3");
    }
  }

  @Test
  void aHookIsToldWhatIsToBeDoneAndItsNoReachesTheModel() throws IOException {
    configure(
        """
        [[hooks]]
        name = "no writes"
        event = "pre_tool"
        tools = ["wri*"]
        command = ["sh", "-c", "cat > seen.json; echo not on Fridays >&2; exit 2"]
        """);

    Run run = run(List.of(WRITE, say("")), "go", "--json");

    assertThat(Files.readString(folder.resolve("seen.json")))
        .contains(
            "\"event\":\"pre_tool\"",
            "\"tool\":\"write\"",
            "\"arguments\":{\"path\":\"made\",\"content\":\"x\"}",
            "\"workspace\":\"" + folder.toRealPath());
    assertThat(sent).contains("the hook no writes said no: not on Fridays (rule hook.denied)");
    assertThat(folder.resolve("made")).doesNotExist();
    assertThat(run.exitCode()).isEqualTo(20);
    assertThat(run.out()).contains("\"type\":\"hook\"", "\"outcome\":\"deny\"", "not on Fridays");
    assertThat(terminal().redoubt("evidence", "verify").exitCode()).isZero();
  }

  @Test
  void whatAHookRewritesIsSeenByTheNextAndJudgedByTheGuard() throws IOException {
    configure(
        """
        [[hooks]]
        event = "pre_tool"
        tools = ["bash"]
        command = '''echo '{"arguments":{"command":"cat ~/.ssh/id_rsa"}}' '''
        [[hooks]]
        event = "pre_tool"
        tools = ["bash"]
        command = "cat > second.json"
        """);

    run(List.of(call("bash", "{\"command\":\"pwd\"}"), say("ok")), "go", "--approval", "allow");

    assertThat(Files.readString(folder.resolve("second.json"))).contains("cat ~/.ssh/id_rsa");
    assertThat(sent).contains("denied: ", "path.sensitive.ssh");
  }

  @Test
  void whatAHookAddsIsMarkedAsItsOwn() throws IOException {
    configure(
        """
        [[hooks]]
        name = "opening"
        event = "session_start"
        command = '''echo '{"context":"the build is broken today"}' '''
        [[hooks]]
        name = "after"
        event = "post_tool"
        command = '''echo '{"context":"seen"}' '''
        [[hooks]]
        name = "done"
        event = "turn_end"
        command = "test -e made || { echo write it first >&2; exit 2; }"
        [[hooks]]
        name = "closing"
        event = "session_end"
        command = "cat > closed.json"
        [[hooks]]
        name = "sending"
        event = "pre_model"
        command = "cat >> sending.json"
        """);

    Run run = run(List.of(say("Done."), WRITE, say("Now.")), "go");

    assertThat(sent)
        .contains(
            "[From the hook opening]\\nthe build is broken today",
            "[From the hook after]\\nseen",
            "the hook done said no: write it first");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("Now.\n");
    assertThat(Files.readString(folder.resolve("closed.json"))).contains("\"status\":\"done\"");
    assertThat(Files.readString(folder.resolve("sending.json")))
        .contains("\"text\":\"go\"", "\"role\":\"tool\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pre_model", "session_start"})
  void aNoBeforeTheModelIsAskedEndsTheRun(String event) throws IOException {
    configure(
        """
        [[hooks]]
        event = "%s"
        gate = true
        command = "exit 1"
        """
            .formatted(event));

    Run run = run(List.of(say("x")), "go", "--json");

    assertThat(run.exitCode()).isEqualTo(20);
    assertThat(sent).isEmpty();
  }

  @Test
  void anAnswerThatIsHeldBackDoesNothing() throws IOException {
    configure(
        """
        [[hooks]]
        event = "post_model"
        command = "grep -q '\\"tool\\":\\"write\\"' && { echo no writing >&2; exit 2; }; exit 0"
        """);

    Run run = run(List.of(WRITE, say("I will not.")), "go");

    assertThat(folder.resolve("made")).doesNotExist();
    assertThat(sent).contains("it was not done: the hook post_model-1 said no: no writing");
    assertThat(run.out()).isEqualTo("I will not.\n");
  }

  @Test
  void aHookAnswersAQuestionOnlyWhenTheOperatorLetsIt() throws IOException {
    String hook =
        """
        [[hooks]]
        event = "on_ask"
        actions = ["run"]
        command = '''echo '{"decision":"allow"}' '''
        """;
    Files.writeString(folder.resolve("tool.sh"), "touch ran\n");
    List<Reply> replies = List.of(call("bash", "{\"command\":\"sh ./tool.sh\"}"), say("ok"));

    configure(hook);
    run(replies, "go");
    assertThat(folder.resolve("ran")).doesNotExist();
    assertThat(sent).contains("denied: ", "it said allow, and its configuration has no may-allow");

    configure(hook + "may-allow = true\n");
    run(replies, "go");
    assertThat(folder.resolve("ran")).exists();

    Files.delete(folder.resolve("ran"));
    configure(hook.replace("\"}", "\",\"reason\":\"not on Fridays\"}").replace("allow", "deny"));
    run(replies, "go", "--approval", "allow");
    assertThat(folder.resolve("ran")).doesNotExist();
    assertThat(sent)
        .contains("denied: the hook on_ask-1 said no: not on Fridays (rule hook.denied)")
        .doesNotContain("nobody said yes");

    configure(hook + "may-allow = true\n");
    run(List.of(call("bash", "{\"command\":\"cat ~/.ssh/id_rsa\"}"), say("ok")), "go");
    assertThat(sent).contains("denied: ", "path.sensitive.ssh");
  }

  @Test
  void anActionCanBeWatchedByItsKind() throws IOException {
    configure(
        """
        [[hooks]]
        event = "pre_tool"
        actions = ["write", "delete"]
        command = "cat > action.json; exit 2"
        """);

    run(List.of(call("bash", "{\"command\":\"pwd\"}"), WRITE, say("ok")), "go");

    assertThat(Files.readString(folder.resolve("action.json")))
        .contains("\"action\":\"write\"", "/made\"");
    assertThat(folder.resolve("made")).doesNotExist();
  }

  @Test
  void aHookHasNoSecretsInItsEnvironment() throws IOException {
    configure(
        """
        [[hooks]]
        event = "session_start"
        command = "env > env.txt"
        """);

    run(List.of(say("ok")), "go");

    assertThat(Files.readString(folder.resolve("env.txt"))).doesNotContain("canary-key");
  }

  @Test
  @NeedsEngine("bwrap")
  void aHookIsAskedBehindTheWall() throws IOException {
    configure(
        """
        [[hooks]]
        event = "pre_tool"
        tools = ["write"]
        command = '''touch "%s/escaped"; cat > seen.json; echo walled >&2; exit 2'''
        """
            .formatted(home));

    run(List.of(WRITE, say("ok")), "go", "--sandbox", "bubblewrap");

    assertThat(sent).contains("said no: ", "walled");
    assertThat(Files.readString(folder.resolve("seen.json"))).contains("\"tool\":\"write\"");
    assertThat(home.resolve("escaped")).doesNotExist();
    assertThat(folder.resolve("made")).doesNotExist();
  }

  @Test
  void aCheckoutsHookRunsOnlyAfterTrustAndHasNoSayOfItsOwn() throws IOException {
    Files.createDirectories(folder.resolve(".git"));
    Path config = folder.resolve(".redoubt/redoubt.toml");
    Files.createDirectories(config.getParent());
    Files.writeString(
        config,
        """
        [[hooks]]
        event = "session_start"
        command = "touch hooked"
        """);

    Run before = run(List.of(say("ok")), "go");
    assertThat(folder.resolve("hooked")).doesNotExist();
    assertThat(before.err()).contains("was not loaded", "trust.untrusted");

    terminal().redoubt("trust", "add", ".", "--yes");
    run(List.of(say("ok")), "go");
    assertThat(folder.resolve("hooked")).exists();

    for (String own :
        List.of(
            "event = \"on_ask\"\nmay-allow = true\ncommand = \"true\"",
            "event = \"pre_tool\"\nurl = \"http://127.0.0.1:1/\"")) {
      Files.writeString(config, "[[hooks]]\n" + own + "\n");
      terminal().redoubt("trust", "add", ".", "--yes");
      Run refused = run(List.of(say("ok")), "go");
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err()).contains("counts in your own configuration only");
    }
  }

  @Test
  void aConfigurationReachedThroughALinkBringsNoHook(@TempDir Path elsewhere) throws IOException {
    Files.createDirectories(folder.resolve(".git"));
    Files.writeString(
        elsewhere.resolve("redoubt.toml"),
        "[[hooks]]\nevent = \"session_start\"\ncommand = \"touch hooked\"\n");
    Files.createSymbolicLink(folder.resolve(".redoubt"), elsewhere);
    terminal().redoubt("trust", "add", ".", "--yes");

    Run run = run(List.of(say("ok")), "go");

    assertThat(folder.resolve("hooked")).doesNotExist();
    assertThat(run.err()).contains("is reached through a link");
  }

  @Test
  void aQuestionAboutACheckoutsHookIsNotAnsweredForIt() throws IOException {
    Files.createDirectories(folder.resolve(".git"));
    Files.writeString(
        folder.resolve("redoubt.toml"),
        """
        [[hooks]]
        event = "pre_tool"
        command = "sh ./script-of-the-model.sh"
        """);
    terminal().redoubt("trust", "add", ".", "--yes");
    Files.writeString(folder.resolve("script-of-the-model.sh"), "touch escaped\n");

    run(List.of(WRITE, say("ok")), "go");

    assertThat(folder.resolve("escaped")).doesNotExist();
    assertThat(folder.resolve("made")).doesNotExist();
    assertThat(sent).contains("the hook checkout:pre_tool-1 has to agree and failed");
  }

  @Test
  void anAddressIsAskedThatTheOperatorNamed() throws IOException {
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] answer =
              "{\"decision\":\"deny\",\"reason\":\"by wire\"}".getBytes(StandardCharsets.UTF_8);
          if (exchange.getRequestURI().getPath().equals("/moved")) {
            exchange.getResponseHeaders().add("location", "/");
            exchange.sendResponseHeaders(302, -1);
          } else {
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
          exchange.close();
        });
    server.start();
    try {
      String at = "http://127.0.0.1:" + server.getAddress().getPort();
      String hook = "[[hooks]]\nevent = \"pre_tool\"\nurl = \"%s\"\n";
      configure(hook.formatted(at + "/"));
      run(List.of(WRITE, say("ok")), "go");
      assertThat(sent).contains("said no: by wire");
      assertThat(asked).singleElement().asString().contains("\"tool\":\"write\"");

      configure(hook.formatted(at + "/moved"));
      run(List.of(WRITE, say("ok")), "go");
      assertThat(sent).contains("it answered with status 302");
    } finally {
      server.stop(0);
    }
    configure("[[hooks]]\nevent = \"pre_tool\"\nurl = \"http://169.254.169.254/latest\"\n");
    run(List.of(WRITE, say("ok")), "go");
    assertThat(sent).contains("has to agree and failed");
    assertThat(folder.resolve("made")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event = \"pre_tol\"\ncommand = \"true\"",
        "event = \"pre_tool\"",
        "event = \"pre_tool\"\ncommand = \"true\"\nurl = \"https://a.example/\"",
        "event = \"pre_tool\"\ncomand = \"true\"",
        "event = \"pre_tool\"\ncommand = \"true\"\ntimeout = \"2h\"",
        "event = \"pre_tool\"\ncommand = \"true\"\nactions = [\"runs\"]",
        "event = \"turn_end\"\ncommand = \"true\"\ntools = [\"bash\"]",
        "event = \"pre_tool\"\ncommand = \"true\"\nmay-allow = true",
        "event = \"pre_tool\"\ncommand = []",
      })
  void aHookThatIsConfiguredWrongIsAnError(String hook) throws IOException {
    configure("[[hooks]]\n" + hook + "\n");

    Run run = run(List.of(say("ok")), "go");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("redoubt.toml:");
    assertThat(sent).isEmpty();
  }

  @Test
  void aModeOfOnesOwnGatesTheTools() throws IOException {
    configure(
        """
        [modes.docs]
        description = "write documents"
        access = ["reads", "thinks"]
        tools = ["write"]
        without = ["gr*"]
        instructions = "Only Markdown."
        """);

    run(
        List.of(
            call("bash", "{\"command\":\"touch ran\"}"),
            call("grep", "{\"pattern\":\"x\"}"),
            WRITE,
            say("ok")),
        "go",
        "--mode",
        "docs");

    assertThat(sent)
        .contains(
            "# The mode docs\\n\\nOnly Markdown.",
            "there is no tool \\\"bash\\\" in this mode; the mode \\\"code\\\" has it",
            "there is no tool \\\"grep\\\" in this mode; the mode \\\"plan\\\" has it")
        .doesNotContain("\"name\":\"edit\"");
    assertThat(folder.resolve("made")).exists();
    assertThat(folder.resolve("ran")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[modes.docs]\nwithout = [\"bsh\"]",
        "[modes.docs]\naccess = [\"read\"]",
        "[modes.docs]\nacces = [\"reads\"]",
        "[modes.code]\naccess = [\"reads\"]\n[modes.docs]",
        "[modes.other]\naccess = [\"reads\"]",
      })
  void aModeThatIsConfiguredWrongIsAnError(String mode) throws IOException {
    configure(mode + "\n");

    assertThat(run(List.of(say("ok")), "go", "--mode", "docs").exitCode()).isEqualTo(2);
    assertThat(sent).isEmpty();
  }

  private void configure(String text) throws IOException {
    Path file = home.resolve(".config/redoubt/redoubt.toml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Run run(List<Reply> replies, String prompt, String... options) {
    try (ScriptedProvider provider =
        ScriptedProvider.start(Dialect.OPENAI_CHAT, replies.toArray(Reply[]::new))) {
      List<String> all =
          new ArrayList<>(
              List.of("run", prompt, "--provider-url", provider.url(), "--model", "scripted"));
      all.addAll(List.of(options));
      Run run = terminal().redoubt(all.toArray(String[]::new));
      sent = provider.asked().isEmpty() ? "" : provider.asked().getLast().body();
      return run;
    }
  }

  private Terminal terminal() {
    return new Terminal(folder, home).withVariable("OPENAI_API_KEY", "canary-key");
  }
}
