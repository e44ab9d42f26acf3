// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.archtest.Packaged.Run;
import dev.redoubt.archtest.Packaged.Running;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import dev.redoubt.testkit.NeedsEngine;
import dev.redoubt.testkit.provider.Asked;
import dev.redoubt.testkit.provider.Delivery;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Part;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole runs of the packaged agent against a scripted provider over real HTTP: a bug is found and
/// mended, a provider fails, the process is killed.
class AgentRunsTest {

  private static final Map<String, String> KEYS =
      Map.of("OPENAI_API_KEY", "key-o", "ANTHROPIC_API_KEY", "key-a", "GEMINI_API_KEY", "key-g");
  private static final String DONE = "It adds up now.";

  @TempDir private Path world;
  private Packaged redoubt;

  @BeforeEach
  void lay() throws IOException {
    redoubt = Packaged.below(world);
  }

  private record Repository(Map<String, String> files, String broken, String test) {}

  private record Change(String from, String to) {}

  @Test
  void aBugInJavaIsFoundAndMended() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Repository repository =
        new Repository(
            Map.of(
                "README.md",
                "Prices of a basket.\n",
                "src/Basket.java",
                """
                final class Basket {
                  static int total(int... prices) {
                    int total = 0;
                    for (int i = 1; i < prices.length; i++) total += prices[i];
                    return total;
                  }
                }
                """,
                "src/BasketTest.java",
                """
                final class BasketTest {
                  public static void main(String[] arguments) {
                    int total = Basket.total(3, 4, 5);
                    if (total != 12) {
                      System.err.println("FAILED: expected 12 but was " + total);
                      System.exit(1);
                    }
                    System.out.println("all tests passed");
                  }
                }
                """),
            "src/Basket.java",
            java + " src/BasketTest.java");
    mend(Dialect.OPENAI_RESPONSES, repository, new Change("int i = 1", "int i = 0"));
  }

  @Test
  @NeedsEngine("python3")
  void aBugInPythonIsFoundAndMended() throws Exception {
    mend(Dialect.ANTHROPIC, python(), new Change("prices[1:]", "prices"));
  }

  @Test
  @NeedsEngine("python3")
  void aBugIsFoundAndMendedOverChatCompletions() throws Exception {
    mend(Dialect.OPENAI_CHAT, python(), new Change("prices[1:]", "prices"));
  }

  private static Repository python() {
    return new Repository(
        Map.of(
            "basket/__init__.py",
            "",
            "basket/total.py",
            "def total(prices):\n    return sum(prices[1:])\n",
            "test_total.py",
            """
            from basket.total import total
            got = total([3, 4, 5])
            assert got == 12, f"FAILED: expected 12 but was {got}"
            print("all tests passed")
            """),
        "basket/total.py",
        "python3 -B test_total.py");
  }

  @Test
  @NeedsEngine("node")
  void aBugInJavaScriptIsFoundAndMended() throws Exception {
    Repository repository =
        new Repository(
            Map.of(
                "package.json",
                "{\"name\": \"basket\", \"type\": \"commonjs\"}\n",
                "lib/total.js",
                "exports.total = prices => prices.slice(1).reduce((a, b) => a + b, 0);\n",
                "test.js",
                """
                const { total } = require('./lib/total.js');
                if (total([3, 4, 5]) !== 12) throw new Error('FAILED: expected 12 but was ' + total([3, 4, 5]));
                console.log('all tests passed');
                """),
            "lib/total.js",
            "node test.js");
    mend(Dialect.GEMINI, repository, new Change("prices.slice(1)", "prices"));
  }

  /* See the test fail, search, look, edit, see it pass, say so; and the check of the operator. */
  private void mend(Dialect dialect, Repository repository, Change change) throws Exception {
    for (Map.Entry<String, String> file : repository.files().entrySet()) {
      Path path = redoubt.work().resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    String broken = repository.broken();
    Payload edit = new Payload().text("old_string", change.from()).text("new_string", change.to());
    List<Reply> script =
        List.of(
            call("c1", "bash", new Payload().text("command", repository.test())),
            Reply.of(
                new Part.Text("Let me look."),
                part("c2", "grep", new Payload().text("pattern", "total")),
                part("c3", "view", new Payload().text("path", broken))),
            call(
                "c4",
                "edit",
                new Payload()
                    .text("path", broken)
                    .node("edits", new Node.Arr(List.of(edit.object()), 1))),
            call("c5", "bash", new Payload().text("command", repository.test())),
            Reply.say(DONE));
    try (ScriptedProvider provider =
        ScriptedProvider.start(dialect, script.toArray(Reply[]::new))) {
      Run run =
          redoubt.run(
              KEYS, agent(provider, dialect, "make the test pass", "--verify", repository.test()));

      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
      assertThat(run.lastLine())
          .contains(
              "\"changedFiles\":[\"%s\"]".formatted(broken),
              "\"status\":\"done\"",
              "\"text\":\"%s\"".formatted(DONE),
              "\"turns\":5");
      assertThat(run.events("tool-result")).as(run.out()).hasSize(5);
      for (Map.Entry<String, String> file : repository.files().entrySet()) {
        String expected = file.getValue();
        assertThat(Files.readString(redoubt.work().resolve(file.getKey())))
            .isEqualTo(
                file.getKey().equals(broken)
                    ? expected.replace(change.from(), change.to())
                    : expected);
      }
      asked(provider.asked(), dialect, change);
    }
    assertThat(redoubt.run(Map.of(), "evidence", "verify").exitCode()).isZero();
  }

  private static void asked(List<Asked> asked, Dialect dialect, Change change) {
    assertThat(asked).hasSize(5);
    String key =
        switch (dialect) {
          case OPENAI_CHAT, OPENAI_RESPONSES -> "Bearer key-o";
          case ANTHROPIC -> "key-a";
          case GEMINI -> "key-g";
        };
    assertThat(asked)
        .allSatisfy(one -> assertThat(one.headers()).containsValue(key))
        .allSatisfy(one -> assertThat(one.body()).contains("make the test pass"));
    assertThat(asked.get(1).body()).contains("FAILED: expected 12 but was 9");
    assertThat(asked.get(2).body()).contains("Let me look.", change.from());
    assertThat(asked.get(3).body()).contains(change.to());
    assertThat(asked.get(4).body()).contains("all tests passed");
  }

  @Test
  void aProviderThatFailsInEveryWayIsAskedAgainAndNothingIsDoneTwice() throws Exception {
    Path log = redoubt.work().resolve("log.txt");
    Reply never = append("never", "n");
    List<Reply> script =
        List.of(
            new Reply.Http(
                529,
                Map.of("Content-Type", "application/json", "Retry-After", "1"),
                "{\"error\":{\"message\":\"no room\"}}"),
            append("one", "a").delivered(Delivery.inPieces(3)),
            new Reply.Stream("data: {\"choices\":[{\"delta\":\n\n"),
            append("two", "b").delivered(Delivery.drip(Duration.ofMillis(1))),
            never.delivered(Delivery.ending(700, Delivery.End.CLOSED)),
            append("three", "c"),
            never.delivered(Delivery.ending(500, Delivery.End.RESET)),
            Reply.say("All three."));
    try (ScriptedProvider provider =
        ScriptedProvider.start(Dialect.OPENAI_CHAT, script.toArray(Reply[]::new))) {
      Run run = redoubt.run(KEYS, agent(provider, Dialect.OPENAI_CHAT, "append"));

      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
      assertThat(Files.readAllLines(log)).containsExactly("one", "two", "three");
      assertThat(provider.asked()).hasSize(8);
      assertThat(provider.asked().get(1).body()).isEqualTo(provider.asked().get(0).body());
      assertThat(provider.asked().get(5).body()).isEqualTo(provider.asked().get(4).body());
      assertThat(run.out())
          .contains("\"failure\":\"overloaded\"", "\"failure\":\"malformed\"")
          .contains("\"failure\":\"connection\"");
    }
  }

  @Test
  void aRunThatIsKilledWhileTheModelAnswersGoesOnAndNobodyElseCanMeanwhile() throws Exception {
    List<Reply> script =
        List.of(
            append("one", "a"),
            append("two", "b").delivered(Delivery.ending(300, Delivery.End.SILENCE)));
    String session;
    try (ScriptedProvider provider =
        ScriptedProvider.start(Dialect.OPENAI_CHAT, script.toArray(Reply[]::new))) {
      Running running = start(provider);
      await(() -> provider.asked().size() == 2);
      session = session(Files.readString(running.out()));
      Run second = redoubt.run(KEYS, agent(provider, Dialect.OPENAI_CHAT, "me", "--continue"));
      assertThat(second.exitCode()).isEqualTo(2);
      assertThat(second.err()).contains("session", "open");
      running.kill();
      assertThat(provider.asked()).hasSize(2);
    }

    List<Asked> asked = resume(session, append("two", "c"), Reply.say("Done."));

    assertThat(asked.getFirst().body()).contains("wrote[one]", "and now the rest");
    assertThat(asked.getFirst().body()).doesNotContain("cut off");
    assertThat(lines()).containsExactly("one", "two");
  }

  @Test
  void aRunThatIsKilledDuringACommandIsToldThatItMayHaveBeenDone() throws Exception {
    String session;
    String command = "echo $$ > pid; echo begun >> log.txt; sleep 60; echo late >> log.txt";
    try (ScriptedProvider provider =
        ScriptedProvider.start(
            Dialect.OPENAI_CHAT, call("c", "bash", new Payload().text("command", command)))) {
      Running running = start(provider);
      await(() -> Files.exists(redoubt.work().resolve("log.txt")));
      session = session(Files.readString(running.out()));
      running.kill();
    }

    List<Asked> asked = resume(session, Reply.say("I looked."));

    assertThat(asked.getFirst().body()).contains("cut off while it ran", "and now the rest");
    assertThat(lines()).containsExactly("begun");
    long pid = Long.parseLong(Files.readString(redoubt.work().resolve("pid")).strip());
    ProcessHandle.of(pid).ifPresent(left -> left.descendants().forEach(ProcessHandle::destroy));
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void aRunThatIsKilledBetweenStepsLosesNothing(int after) throws Exception {
    String session;
    try (ScriptedProvider provider =
        ScriptedProvider.start(
            Dialect.OPENAI_CHAT,
            (_, number) ->
                number < after
                    ? append("line " + number, "c" + number)
                    : Reply.say("late").delivered(Delivery.ending(0, Delivery.End.SILENCE)))) {
      Running running = start(provider);
      await(() -> provider.asked().size() == after + 1);
      session = session(Files.readString(running.out()));
      running.kill();
    }

    List<Asked> asked = resume(session, append("last", "x"), Reply.say("Done."));

    List<String> expected = new ArrayList<>();
    for (int i = 0; i < after; i++) {
      expected.add("line " + i);
      assertThat(asked.getFirst().body()).contains("wrote[line %d]".formatted(i));
    }
    expected.add("last");
    assertThat(lines()).isEqualTo(expected);
    assertThat(asked.getFirst().body()).doesNotContain("cut off", "did not begin");
  }

  private Running start(ScriptedProvider provider) throws IOException {
    return redoubt.start(KEYS, List.of(agent(provider, Dialect.OPENAI_CHAT, "append lines")));
  }

  private List<Asked> resume(String session, Reply... script) throws Exception {
    try (ScriptedProvider provider = ScriptedProvider.start(Dialect.OPENAI_CHAT, script)) {
      Run run =
          redoubt.run(
              KEYS,
              "session",
              "resume",
              session,
              "and now the rest",
              "--approval",
              "allow",
              "--provider-url",
              provider.url(),
              "--model",
              "m");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(redoubt.run(Map.of(), "evidence", "verify").exitCode()).isZero();
      return provider.asked();
    }
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(redoubt.work().resolve("log.txt"));
  }

  private static String[] agent(
      ScriptedProvider provider, Dialect dialect, String prompt, String... more) {
    List<String> words = new ArrayList<>(List.of("run", prompt, "--json", "--approval", "allow"));
    words.addAll(List.of("--provider-url", provider.url(), "--model", "m", "--provider-protocol"));
    words.add(dialect.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  /* What it prints does not stand in the command, so that its result is told from the call. */
  private static Reply append(String line, String id) {
    String command = "echo '%s' >> log.txt; printf 'wrote[%%s]' '%s'".formatted(line, line);
    return call(id, "bash", new Payload().text("command", command));
  }

  private static Reply call(String id, String tool, Payload arguments) {
    return Reply.calls(part(id, tool, arguments));
  }

  private static Part.Call part(String id, String tool, Payload arguments) {
    return new Part.Call(id, tool, JsonText.of(arguments.object()));
  }

  private static String session(String events) {
    return events.replaceFirst("(?s).*?\"session\":\"([0-9a-f-]+)\".*", "$1");
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws Exception {
    for (int i = 0; i < 6000 && !condition.holds(); i++) {
      Thread.sleep(10);
    }
    assertThat(condition.holds()).isTrue();
  }
}
