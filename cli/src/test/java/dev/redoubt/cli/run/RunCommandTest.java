// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static dev.redoubt.testkit.provider.Reply.call;
import static dev.redoubt.testkit.provider.Reply.error;
import static dev.redoubt.testkit.provider.Reply.say;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.sandbox.staging.StagingArea;
import dev.redoubt.testkit.NeedsEngine;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest {

  @TempDir private Path folder;
  @TempDir private Path home;
  private String sent = "";
  private int requests;

  @Test
  void theAgentLooksEditsAndSaysWhatItDid() throws IOException {
    Files.writeString(folder.resolve("sum.py"), "def add(a, b):\n    return a - b\n");

    Run run =
        run(
            List.of(
                call("view", "{\"path\":\"sum.py\"}"),
                call(
                    "edit",
                    "{\"path\":\"sum.py\",\"edits\":[{\"old_string\":\"a - b\","
                        + "\"new_string\":\"a + b\"}]}"),
                say("It adds now.")),
            "make it add",
            "--json");

    assertThat(run.lastLine())
        .startsWith("{\"changedFiles\":[\"sum.py\"],\"costUsd\":null,\"decisions\":{\"allow\":")
        .contains(
            "\"exitCode\":0",
            "\"status\":\"done\"",
            "\"text\":\"It adds now.\"",
            "\"type\":\"result\"",
            "\"inputTokens\":60");
    assertThat(Files.readString(folder.resolve("sum.py"))).contains("a + b");
    assertThat(run.out().lines()).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    assertThat(terminal().redoubt("undo").exitCode()).isZero();
    assertThat(Files.readString(folder.resolve("sum.py"))).contains("a - b");
  }

  @Test
  void whatAnAgentWritesCanBeStaged() throws IOException {
    Files.writeString(folder.resolve("sum.py"), "a - b\n");

    Run run =
        run(
            List.of(
                call(
                    "edit",
                    "{\"path\":\"sum.py\",\"edits\":[{\"old_string\":\"a - b\","
                        + "\"new_string\":\"a + b\"}]}"),
                call("view", "{\"path\":\"sum.py\"}"),
                say("It adds now.")),
            "make it add",
            "--json",
            "--writes",
            "staged");

    assertThat(run.lastLine()).startsWith("{\"changedFiles\":[\"sum.py\"]");
    assertThat(sent).contains("a + b");
    assertThat(Files.readString(folder.resolve("sum.py"))).isEqualTo("a - b\n");
    assertThat(terminal().redoubt("staged", "apply").exitCode()).isZero();
    assertThat(Files.readString(folder.resolve("sum.py"))).isEqualTo("a + b\n");
  }

  @Test
  @NeedsEngine("bwrap")
  void whileACommandStagesNothingElseDoes() {
    Run run =
        run(
            List.of(
                call("bash", "{\"command\":\"echo looks\"}"),
                call(
                    "bash",
                    "{\"command\":\"echo first > made; exec sleep 600\",\"background\":true}"),
                call("bash", "{\"command\":\"pwd\"}"),
                call("write", "{\"path\":\"w\",\"content\":\"w\"}"),
                call("job_stop", "{\"job\":\"job-1\"}"),
                call("bash", "{\"command\":\"cat made\"}"),
                say("Done.")),
            "go",
            "--sandbox",
            "bubblewrap",
            "--writes",
            "staged",
            "--approval",
            "allow");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(sent)
        .contains(
            "\"content\":\"looks\\n[exit code 0",
            "\"content\":\"another command of this session still runs",
            "cannot be staged while a command runs",
            "\"content\":\"first\\n[exit code 0");
    assertThat(folder.resolve("made")).doesNotExist();
  }

  @Test
  void stagedWritesThatAnotherHasAreSaidAndTheSessionGoesOn() throws IOException {
    StagingArea area = StagingArea.of(home.resolve(".local/share/redoubt"), folder.toRealPath());
    try (StagingArea.Held _ = area.hold("make fix")) {
      Run run =
          run(
              List.of(call("write", "{\"path\":\"w\",\"content\":\"w\"}"), say("Later.")),
              "go",
              "--writes",
              "staged");

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).isEqualTo("Later.\n");
      assertThat(sent).contains("are in use by process ", "(make fix): try again");
    }
    assertThat(folder.resolve("w")).doesNotExist();
  }

  @Test
  void withoutJsonTheAnswerAloneIsOnStandardOutput() {
    Run run = run(List.of(call("bash", "{\"command\":\"pwd\"}"), say("Here.")), "where?");

    assertThat(run.out()).isEqualTo("Here.\n");
    assertThat(run.err()).contains("  bash {\"command\":\"pwd\"}", "cost unknown");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aRefusalGoesBackToTheModel() {
    Run run =
        run(
            List.of(
                call("bash", "{\"command\":\"cat ~/.ssh/id_rsa\"}"),
                call("bash", "{\"command\":\"npm publish\"}"),
                say("I may not.")),
            "show me the key",
            "--json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.lastLine()).contains("\"ask\":1,\"deny\":1");
    assertThat(sent).contains("denied: ", "(rule path.sensitive.ssh)", "not approved: ");
  }

  @ParameterizedTest
  @CsvSource({"cat ~/.ssh/id_rsa,20", "npm publish,10"})
  void anEndWithoutAResultBecauseOfARefusalIsSaid(String command, int code) {
    Run run =
        run(
            List.of(call("bash", "{\"command\":\"%s\"}".formatted(command)), say("")),
            "do it",
            "--json");

    assertThat(run.exitCode()).isEqualTo(code);
    assertThat(run.lastLine()).contains("\"status\":\"refused\"", "\"exitCode\":" + code);
  }

  @Test
  void aSessionGoesOn() {
    run(List.of(call("bash", "{\"command\":\"echo seen-before\"}"), say("One.")), "first");

    Run again = run(List.of(say("Two.")), "second", "--continue");

    assertThat(again.out()).isEqualTo("Two.\n");
    assertThat(sent).contains("first", "seen-before", "One.", "second");
    String id = again.err().replaceFirst("(?s).*session ([0-9a-f-]+),.*", "$1");
    assertThat(run(List.of(say("Three.")), "third", "--resume", id).out()).isEqualTo("Three.\n");
    assertThat(sent).contains("Two.", "third");
    assertThat(terminal().redoubt("evidence", "verify").exitCode()).isZero();
  }

  @Test
  void theCheckDecidesWhetherItIsDone() throws IOException {
    Files.writeString(folder.resolve("check.sh"), "test -e made || { echo no file; exit 3; }\n");
    String touch = "{\"path\":\"made\",\"content\":\"x\"}";

    Run run =
        run(
            List.of(say("Done."), call("write", touch), say("Now it is done.")),
            "make it pass",
            "--json",
            "--verify",
            "sh check.sh");

    assertThat(run.exitCode()).isZero();
    assertThat(sent).contains("The check `sh check.sh` failed: exit code 3.\\nno file");
    Run never =
        run(
            List.of(say("1"), say("2"), say("3"), say("4")),
            "make it pass",
            "--json",
            "--verify",
            "exit 3");
    assertThat(never.exitCode()).isEqualTo(1);
    assertThat(never.lastLine()).contains("\"status\":\"failed\"", "\"text\":\"4\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "review", "chat"})
  void aModeThatChangesNothingHasNoToolThatCould(String mode) {
    run(
        List.of(
            call("write", "{\"path\":\"made\",\"content\":\"x\"}"),
            call("bash", "{\"command\":\"touch made\"}"),
            say("I would write a file.")),
        "go",
        "--mode",
        mode,
        "--approval",
        "allow");

    assertThat(sent).contains("there is no tool \\\"write\\\"", "there is no tool \\\"bash\\\"");
    assertThat(sent).doesNotContain("\"name\":\"edit\"");
    assertThat(folder.resolve("made")).doesNotExist();
    assertThat(run(List.of(say("x")), "go", "--mode", "yolo").exitCode()).isEqualTo(2);
  }

  @Test
  void aCheckThatIsDeniedIsNotRun() {
    Run run =
        run(
            List.of(say("1"), say("2"), say("3"), say("4")),
            "go",
            "--json",
            "--verify",
            "touch made; cat ~/.ssh/id_rsa");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.lastLine()).contains("could not be run", "path.sensitive.ssh");
    assertThat(folder.resolve("made")).doesNotExist();
  }

  @Test
  void theAnswerHasTheFormThatWasAskedFor() throws IOException {
    Files.writeString(
        folder.resolve("s.json"),
        "{\"type\":\"object\",\"required\":[\"n\"],\"properties\":{\"n\":{\"type\":\"integer\"}}}");

    Run run =
        run(
            List.of(say("seven"), say("```json\n{\"n\":7}\n```")),
            "how many?",
            "--schema",
            "s.json");

    assertThat(run.out()).isEqualTo("{\"n\":7}\n");
    assertThat(run(List.of(say("7"), say("{}")), "how many?", "--schema", "s.json").exitCode())
        .isEqualTo(1);
  }

  @Test
  void limitsAndFailuresHaveTheirCodes() {
    Reply look = call("bash", "{\"command\":\"pwd\"}");

    assertThat(run(List.of(look, look), "go", "--max-turns", "1").exitCode()).isEqualTo(6);
    assertThat(run(List.of(look, look), "go", "--max-tokens", "20").exitCode()).isEqualTo(6);
    assertThat(run(List.of(look), "go", "--max-usd", "1").exitCode()).isEqualTo(2);
    assertThat(requests).isZero();
    assertThat(run(List.of(error(401, "{\"error\":{\"message\":\"no\"}}")), "go").exitCode())
        .isEqualTo(5);
    assertThat(run(List.of(say("x")), "go", "--offline").exitCode()).isEqualTo(2);
    assertThat(run(List.of(say("x")), "", "--json").exitCode()).isEqualTo(2);
    assertThat(run(List.of(say("x")), "go", "--resume", "nobody").exitCode()).isEqualTo(2);
  }

  @Test
  void aSessionIsLookedForBeforeAModelIsAskedFor() {
    Run run = terminal().redoubt("run", "go", "--resume", "nobody");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("there is no session \"nobody\"").doesNotContain("which model");
  }

  @Test
  void whateverGoesWrongTheLastLineSaysSo() throws IOException {
    Path data = home.resolve(".local/share/redoubt");
    Reply write = call("write", "{\"path\":\"new.txt\",\"content\":\"x\"}");
    Run run;
    try (ScriptedProvider provider =
        ScriptedProvider.start(
            Dialect.OPENAI_CHAT, (_, number) -> number == 0 ? write : blocked(data))) {
      run =
          terminal()
              .redoubt("run", "go", "--json", "--provider-url", provider.url(), "--model", "m");
    }
    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.lastLine())
        .startsWith("{\"changedFiles\":[\"new.txt\"],")
        .contains("\"exitCode\":4", "\"status\":\"error\"", "\"turns\":1", "\"type\":\"result\"")
        .doesNotContain("\"inputTokens\":0");

    try (Stream<Path> all = Files.walk(data.resolve("sessions"))) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    Files.writeString(data.resolve("sessions"), "");
    Run unopened = run(List.of(say("never")), "go", "--json");
    assertThat(unopened.exitCode()).isEqualTo(4);
    assertThat(unopened.lastLine())
        .contains("\"exitCode\":4", "\"status\":\"error\"", "\"type\":\"result\"");
  }

  /* What is too large for the log lies beside it, where a file is in the way now. */
  private static Reply blocked(Path data) {
    try (Stream<Path> all = Files.walk(data.resolve("sessions"))) {
      for (Path session : all.filter(it -> it.getFileName().toString().equals("lock")).toList()) {
        Files.writeString(session.resolveSibling("blobs"), "");
      }
      return say("x".repeat(3 << 20));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aKeyThatIsNoneIsSaidWithoutQuotingIt() {
    Run run =
        new Terminal(folder, home)
            .withVariable("OPENAI_API_KEY", "my secret")
            .redoubt("run", "go", "--provider-url", "http://127.0.0.1:1/v1", "--model", "x");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("OPENAI_API_KEY holds no key").doesNotContain("my secret");
  }

  @Test
  void aJobThatWasLeftRunningIsEndedBeforeTheRecordIsClosed() throws IOException {
    Run run =
        run(
            List.of(
                call(
                    "bash",
                    "{\"command\":\"while :; do date >> ticks; sleep 0.05; done\","
                        + "\"background\":true}"),
                call("job_output", "{\"job\":\"job-1\",\"wait_seconds\":1}"),
                say("It runs.")),
            "go",
            "--approval",
            "allow");

    assertThat(run.exitCode()).isZero();
    assertThat(folder.resolve("ticks")).isNotEmptyFile();
    assertThat(terminal().redoubt("undo").exitCode()).isZero();
    assertThat(folder.resolve("ticks")).doesNotExist();
  }

  @Test
  void thePromptAndAttachmentsReachTheModel() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "remember the milk");

    run(List.of(say("ok")), "-", "--attach", "notes.txt");

    assertThat(sent).contains("from standard input", "remember the milk");
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "staged"})
  void aSecretInThePromptStaysOnNoDisk(String writes) throws IOException {
    String secret = "ghp_" + "k3V9".repeat(9);

    run(
        List.of(call("write", "{\"path\":\"a.txt\",\"content\":\"a\"}"), say("ok")),
        "deploy with " + secret,
        "--writes",
        writes);

    assertThat(sent).contains(secret);
    try (Stream<Path> kept = Files.walk(home)) {
      assertThat(kept.filter(Files::isRegularFile))
          .allSatisfy(file -> assertThat(file.toFile()).content(ISO_8859_1).doesNotContain(secret));
    }
  }

  @Test
  void instructionsOfACheckoutCountOnceItIsTrusted() throws IOException {
    Files.createDirectories(folder.resolve(".git"));
    Files.writeString(folder.resolve("AGENTS.md"), "Always whistle.");

    Run before = run(List.of(say("ok")), "go");
    assertThat(sent).doesNotContain("Always whistle.");
    assertThat(before.err()).contains("AGENTS.md was not loaded", "trust.untrusted");

    assertThat(terminal().redoubt("trust", "add", ".", "--yes").exitCode()).isZero();
    run(List.of(say("ok")), "go");
    assertThat(sent).contains("Always whistle.");
  }

  @Test
  void instructionsAboveATrustedFolderCountWhenTheirOwnFolderIsTrusted() throws IOException {
    Files.createDirectories(folder.resolve(".git"));
    Files.createDirectories(folder.resolve("part"));
    Files.writeString(folder.resolve("AGENTS.md"), "Always whistle.");
    Files.writeString(folder.resolve("part/AGENTS.md"), "Never hum.");
    assertThat(terminal().redoubt("trust", "add", "part", "--yes").exitCode()).isZero();

    Run alone = run(List.of(say("ok")), "go", "--cwd", "part");
    assertThat(sent).contains("Never hum.").doesNotContain("Always whistle.");
    assertThat(alone.err())
        .contains("../AGENTS.md was not loaded: ", "is not trusted as it is now");

    assertThat(terminal().redoubt("trust", "add", ".", "--yes").exitCode()).isZero();
    run(List.of(say("ok")), "go", "--cwd", "part");
    assertThat(sent).contains("Never hum.", "Always whistle.");
  }

  private Run run(List<Reply> replies, String prompt, String... options) {
    try (ScriptedProvider provider =
        ScriptedProvider.start(Dialect.OPENAI_CHAT, replies.toArray(Reply[]::new))) {
      List<String> all =
          new ArrayList<>(
              List.of("run", prompt, "--provider-url", provider.url(), "--model", "scripted"));
      all.addAll(List.of(options));
      Run run = terminal().redoubt(all.toArray(String[]::new));
      requests = provider.asked().size();
      sent = provider.asked().isEmpty() ? "" : provider.asked().getLast().body();
      return run;
    }
  }

  private Terminal terminal() {
    return new Terminal(folder, home)
        .withVariable("OPENAI_API_KEY", "x")
        .withInput("from standard input\n");
  }
}
