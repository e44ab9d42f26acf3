// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.testkit.provider.Asked;
import dev.redoubt.testkit.provider.Dialect;
import dev.redoubt.testkit.provider.Reply;
import dev.redoubt.testkit.provider.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The line mode as a person meets it, without an editor. `LineTerminalTest` has a real terminal.
class LineModeTest {

  private static final String ESCAPES = "\u001b[2J\u001b]0;owned\u0007\u202e";

  @TempDir private Path folder;
  @TempDir private Path home;
  private ScriptedProvider provider;

  @BeforeEach
  void aModelDoesWhatThePromptSays() throws IOException {
    Files.writeString(folder.resolve("mark.sh"), "echo \"$1\" >> marks\n");
    provider = ScriptedProvider.start(Dialect.OPENAI_CHAT, (asked, _) -> answer(asked));
  }

  @AfterEach
  void theModelGoes() {
    provider.close();
  }

  /* "run X" runs the script with X; after a result the model says that it is done. */
  private static Reply answer(Asked asked) {
    String body = asked.body();
    int person = body.lastIndexOf("\"role\":\"user\"");
    if (body.lastIndexOf("\"role\":\"tool\"") > person) {
      return Reply.say("It is done.");
    }
    String prompt = body.substring(person);
    if (prompt.contains("Carry out the plan")) {
      return Reply.call("write", "{\"path\":\"made\",\"content\":\"x\\n\"}");
    }
    if (prompt.contains("run ")) {
      String word = prompt.substring(prompt.indexOf("run ") + 4).split("[^a-z0-9]", 2)[0];
      return Reply.call("bash", "{\"command\":\"sh mark.sh %s\"}".formatted(word));
    }
    if (prompt.contains("pad it")) {
      return Reply.call(
          "bash", "{\"command\":\"sh mark.sh p%s\"}".formatted("\\nsh mark.sh q".repeat(80)));
    }
    if (prompt.contains("question")) {
      return Reply.call("ask", "{\"question\":\"Which one?\",\"choices\":[\"red\",\"blue\"]}");
    }
    if (prompt.contains("doubtful")) {
      return Reply.say("1. Make it.\n\nWhich one is **meant?**");
    }
    if (prompt.contains("hostile")) {
      return Reply.say("before" + ESCAPES + "after\n\n```\n" + ESCAPES + "\n```\n");
    }
    return Reply.say("Heard **you**.");
  }

  private Sitting sit(String... more) {
    return new Sitting(
        folder,
        home,
        Stream.concat(
                Stream.of("--provider-url", provider.url(), "--model", "scripted"), Stream.of(more))
            .toArray(String[]::new));
  }

  private String sent() {
    return provider.asked().getLast().body();
  }

  private List<String> marks() throws IOException {
    Path marks = folder.resolve("marks");
    return Files.exists(marks) ? Files.readAllLines(marks) : List.of();
  }

  @Test
  void aQuestionShowsWhatWillRunAndIsAnsweredOnceForTheSessionOrNot() throws IOException {
    try (Sitting person = sit()) {
      person
          .prompts("run a")
          .sees("in:       " + folder.toRealPath())
          .sees("sandbox:  local, network: not held back")
          .sees("bash:     sh mark.sh a")
          .sees("Asked because ")
          .sees("Answer: ")
          .types("o")
          .sees("done")
          .prompts("run a")
          .sees("Answer: ")
          .types("s")
          .sees("done")
          .prompts("run a")
          .sees("It is done.")
          .prompts("run b")
          .sees("Answer: ")
          .types("what?")
          .sees("Answer: ")
          .types("d")
          .sees("failed")
          .prompts("run c")
          .sees("Answer: ")
          .types("look at the file first")
          .sees("the model hears: I said no to that. look at the file first")
          .prompts("/permissions")
          .sees("session:   bash:     sh mark.sh a");
    }
    assertThat(marks()).containsExactly("a", "a", "a");
    assertThat(sent()).contains("I said no to that. look at the file first");
  }

  @Test
  void thePostureIsThatOfTheSession() throws IOException {
    Path own = home.resolve(".config/redoubt/redoubt.toml");
    Files.createDirectories(own.getParent());
    Files.writeString(own, "[options.sandbox]\nbackend = \"bubblewrap\"\n");
    try (Sitting person = sit("--sandbox", "local", "--allow", "net:api.example")) {
      person
          .prompts("/posture")
          .sees("sandbox    local")
          .sees("ON   no isolation")
          .sees("--sandbox is \"local\"")
          .sees("\n> ");
      assertThat(person.shown()).doesNotContain("redoubt: ");
    }
  }

  @Test
  void aPaddedCommandHidesNeitherFolderNorSandbox() throws IOException {
    try (Sitting person = sit()) {
      person
          .prompts("pad it")
          .sees("in:       " + folder.toRealPath())
          .sees("sandbox:  local, network: not held back")
          .sees("    | sh mark.sh p")
          .sees("more lines: v shows all")
          .types("d");
    }
  }

  @Test
  void whatWasApprovedForTheSessionIsAskedAgainBehindAnotherWall() throws IOException {
    Path own = home.resolve(".config/redoubt/redoubt.toml");
    Files.createDirectories(own.getParent());
    try (Sitting person = sit()) {
      person.prompts("run a").sees("Answer: ").types("s").sees("It is done.").sees("\n> ");
      Files.writeString(own, "[options.sandbox]\nenv-pass = [\"NOTHING\"]\n");
      person
          .types("/mode code")
          .prompts("/permissions")
          .sees("nothing was approved")
          .prompts("run a")
          .sees("Answer: ")
          .types("d")
          .sees("\n> ");
      Files.delete(own);
      person.types("/mode code").prompts("run a").sees("It is done.");
    }
    assertThat(marks()).containsExactly("a", "a");
  }

  @Test
  void alwaysWritesTheRuleThatWasShownAndItHoldsFromThenOn() throws IOException {
    Path own = home.resolve(".config/redoubt/redoubt.toml");
    Files.createDirectories(own.getParent());
    Files.writeString(own, "[advisories]\nsync = \"never\"");

    try (Sitting person = sit()) {
      person
          .prompts("run a")
          .sees("Answer: ")
          .types("a")
          .sees("This is added to " + own)
          .sees("command = \"sh mark.sh a\"")
          .sees("Add it? [y/N] ")
          .types("n")
          .sees("Answer: ")
          .types("always")
          .sees("Add it? [y/N] ")
          .types("y")
          .sees("It is done.")
          .prompts("run a")
          .sees("It is done.");
    }
    try (Sitting person = sit()) {
      person.prompts("run a").sees("It is done.").prompts("run b").sees("Answer: ").types("n");
    }

    assertThat(marks()).containsExactly("a", "a", "a");
    assertThat(Files.readString(own))
        .startsWith("[advisories]\nsync = \"never\"\n\n[[guard.rules]]\neffect = \"allow\"\n")
        .containsOnlyOnce("[[guard.rules]]");
  }

  @Test
  void theModelGetsAnAnswerToItsQuestion() {
    try (Sitting person = sit()) {
      person
          .prompts("a question")
          .sees("Which one?")
          .sees("2. blue")
          .sees("own words: ")
          .types("2")
          .sees("It is done.");
    }
    assertThat(sent()).contains("\"content\":\"blue\"");
  }

  @Test
  void nothingForeignSteersTheTerminal() {
    try (Sitting person = sit()) {
      person
          .prompts("be hostile")
          .sees("before<U+001B>[2J<U+001B>]0;owned<U+0007><U+202E>after")
          .prompts("hear " + ESCAPES)
          .prompts("/nothing" + ESCAPES)
          .sees("there is no /nothing<U+001B>");
      assertThat(person.shown()).doesNotContain("\u001b", "\u0007", "\u202e");
    }
  }

  @Test
  void aPlanIsApprovedAndCarriedOut() throws IOException {
    try (Sitting person = sit()) {
      person
          .prompts("/plan make a file")
          .sees("Heard **you**.")
          .sees("Carry this plan out? ")
          .types("y")
          .sees("write made")
          .sees("mode code")
          .prompts("and now?")
          .sees("Heard");
    }
    assertThat(folder.resolve("made")).hasContent("x");
    assertThat(provider.asked().getFirst().body()).doesNotContain("\"name\":\"write\"");
    assertThat(sent()).contains("The plan that was approved", "\"name\":\"write\"");
  }

  @Test
  void aQuestionInPlaceOfAPlanIsAnsweredAndApprovesNothing() throws IOException {
    try (Sitting person = sit()) {
      person
          .prompts("/plan doubtful")
          .sees("It ends with a question. ")
          .types("yes")
          .sees("Heard **you**.")
          .sees("Carry this plan out? ")
          .types("n")
          .prompts("doubtful")
          .sees("It ends with a question. ")
          .types("go")
          .sees("write made")
          .sees("mode code");
    }
    assertThat(folder.resolve("made")).exists();
    assertThat(provider.asked().get(1).body())
        .contains("{\"role\":\"user\",\"content\":\"yes\"}")
        .doesNotContain("\"name\":\"write\"");
  }

  @Test
  void theModelIsToldWhatWasTakenBack() throws IOException {
    try (Sitting person = sit()) {
      person
          .prompts("/undo")
          .sees("undo")
          .prompts("hello")
          .sees("Heard")
          .prompts("run a")
          .sees("Answer: ")
          .types("o")
          .sees("It is done.")
          .prompts("/undo --list")
          .prompts("/undo")
          .sees("marks")
          .prompts("and now")
          .sees("Heard **you**.")
          .prompts("again")
          .sees("Heard **you**.");
    }
    List<Asked> asked = provider.asked();
    String told = "Before this I used undo: changes of files were taken back.";
    assertThat(asked.getFirst().body()).doesNotContain("Before this I used");
    assertThat(asked.get(asked.size() - 2).body()).containsOnlyOnce(told);
    assertThat(sent()).containsOnlyOnce(told);
  }

  @Test
  void aFileThatAPromptNamesIsAttachedIfItMayBeRead() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "remember the milk");
    Files.createDirectories(home.resolve(".ssh"));
    Files.writeString(home.resolve(".ssh/id_rsa"), "id-of-nobody");

    try (Sitting person = sit()) {
      person
          .prompts("look at @notes.txt, and mail me@x.example")
          .sees("attached: notes.txt")
          .sees("Heard");
      int before = provider.asked().size();
      person
          .prompts("look at @" + home.resolve(".ssh/id_rsa"))
          .sees("was not read, so nothing was sent")
          .prompts("/quit");
      assertThat(provider.asked()).hasSize(before);
    }
    assertThat(sent()).contains("remember the milk").doesNotContain("id-of-nobody");
  }

  @Test
  void aSessionGoesOnAndTheHistoryKeepsNoSecret() throws IOException {
    String secret = "ghp_" + "k3Jx9TqLw2Vb7Nc5Rz8Mf1Hd6Sg4Py0AeUiO";
    try (Sitting person = sit()) {
      person
          .prompts("first, with " + secret)
          .sees("Heard")
          .prompts("/rename the \\")
          .sees("... ")
          .types("parser")
          .sees("is called");
    }
    try (Sitting person = sit("--continue")) {
      person.sees("Goes on with \"the").prompts("second").sees("Heard");
    }

    assertThat(sent()).contains("first, with", "second");
    try (Stream<Path> files = Files.list(home.resolve(".local/share/redoubt/history"))) {
      String kept = Files.readString(files.findFirst().orElseThrow());
      assertThat(kept).contains("first, with ***", "/rename the \\nparser", "second");
      assertThat(kept).doesNotContain(secret);
    }
  }

  @Test
  void slashCommandsChangeAndShowWhatTheSessionWorksWith() throws IOException {
    Files.writeString(folder.resolve("kept"), "1\n");
    try (Sitting person = sit()) {
      person
          .prompts("/hepl")
          .sees("there is no /hepl: did you mean /help?")
          .prompts("/help")
          .sees("/compact")
          .prompts("/mode yolo")
          .sees("--mode \"yolo\" is not code")
          .prompts("/mode review")
          .sees("mode review")
          .prompts("/tools")
          .sees("view:")
          .prompts("/mode code")
          .prompts("/plan go on")
          .sees("Carry this plan out? ")
          .types("y")
          .sees("changed: made")
          .prompts("/diff")
          .sees("+x")
          .prompts("/undo")
          .prompts("/cost")
          .sees("turns:")
          .prompts("/context")
          .sees("instructions about")
          .prompts("/session fork")
          .sees("forked: this is ")
          .prompts("/session list")
          .sees("* ")
          .prompts("/export out.html")
          .sees("out.html written")
          .prompts("/compact")
          .prompts("/clear")
          .sees("a new session")
          .prompts("/status")
          .sees("(not begun)")
          .prompts("/quit");
      assertThat(person.leaves()).isZero();
    }
    assertThat(folder.resolve("made")).doesNotExist();
    assertThat(folder.resolve("out.html")).isNotEmptyFile();
  }
}
