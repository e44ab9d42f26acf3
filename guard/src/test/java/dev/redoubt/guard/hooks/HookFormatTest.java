// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Program;
import dev.redoubt.testkit.Golden;
import dev.redoubt.testkit.Hostile;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The samples were recorded from the agents themselves; sessions and folders were renamed.
class HookFormatTest {

  private static final Path PROJECT = Path.of("/home/dev/project");

  @ParameterizedTest
  @MethodSource("agents")
  void recordedEventsAreRead(String agent) throws Exception {
    StringBuilder readings = new StringBuilder();
    for (Node event : samples(agent)) {
      readings
          .append(event.text("tool_name").orElseThrow())
          .append(": ")
          .append(shown(format(agent).read(event, PROJECT)))
          .append('\n');
    }
    Golden.check(readings.toString(), "HookFormatTest/" + agent + ".txt");
  }

  @ParameterizedTest
  @MethodSource("agents")
  void anotherEventIsNotUnderstood(String agent) {
    Node event = json("{\"hook_event_name\": \"PostToolUse\", \"tool_name\": \"Bash\"}");

    assertThat(format(agent).read(event, PROJECT))
        .isEqualTo(
            new HookReading.NotUnderstood(
                "hook_event_name \"PostToolUse\" is not "
                    + (agent.equals("gemini-cli") ? "BeforeTool" : "PreToolUse")));
  }

  @ParameterizedTest
  @MethodSource("agents")
  void anEventWithoutWhatItNeedsIsNotUnderstood(String agent) {
    String kind = agent.equals("gemini-cli") ? "BeforeTool" : "PreToolUse";
    String shell = agent.equals("gemini-cli") ? "run_shell_command" : "Bash";
    for (String rest :
        List.of(
            "",
            ", \"tool_name\": \"\"",
            ", \"tool_name\": 1",
            ", \"tool_name\": \"" + shell + "\"",
            ", \"tool_name\": \"" + shell + "\", \"tool_input\": []",
            ", \"tool_name\": \"" + shell + "\", \"tool_input\": {\"command\": [\"ls\"]}",
            ", \"tool_name\": \""
                + shell
                + "\", \"tool_input\": {\"command\": \"ls\"}, \"cwd\": \"~\"",
            ", \"tool_name\": \""
                + shell
                + "\", \"tool_input\": {\"command\": \"ls\"}, \"cwd\": \"\\u0000\"")) {
      Node event = json("{\"hook_event_name\": \"" + kind + "\"" + rest + "}");
      assertThat(format(agent).read(event, PROJECT))
          .as(rest)
          .isInstanceOf(HookReading.NotUnderstood.class);
    }
  }

  @Test
  void anUnknownToolIsACallOfATool() {
    Node event =
        json(
            "{\"hook_event_name\": \"PreToolUse\", \"tool_name\": \"Deploy\","
                + " \"tool_input\": {\"to\": \"production\"}}");

    assertThat(format("claude-code").read(event, PROJECT))
        .isEqualTo(
            does(
                new Action.CallTool(
                    "claude-code", "Deploy", event.get("tool_input").orElseThrow())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude-code", "codex", "gemini-cli"})
  void aToolOfAServerKeepsItsServer(String agent) {
    String kind = agent.equals("gemini-cli") ? "BeforeTool" : "PreToolUse";
    Node event =
        json(
            "{\"hook_event_name\": \"%s\", \"tool_name\": \"mcp__git_hub__create_issue\"}"
                .formatted(kind));

    assertThat(format(agent).read(event, PROJECT))
        .isEqualTo(does(new Action.CallTool("git_hub", "create_issue", new Node.Obj(Map.of(), 1))));
  }

  @Test
  void theFolderOfACommandIsTheOneTheModelChose() {
    Node event =
        json(
            "{\"hook_event_name\": \"PreToolUse\", \"tool_name\": \"Bash\", \"cwd\": \"/etc\","
                + " \"tool_input\": {\"command\": \"ls\"}}");

    assertThat(format("codex").read(event, PROJECT))
        .isEqualTo(
            does(
                new Action.Run(
                    new Program.Line(Program.Shell.BASH, "ls"),
                    Path.of("/etc"),
                    Map.of(),
                    Action.Input.NOTHING)));
  }

  @Test
  void everyFileOfAPatchIsSeen() throws Exception {
    String patch =
        """
        *** Begin Patch
        *** Add File: a/new.txt
        +*** not a header
        *** Update File: b.txt
        *** Move to: ../outside.txt
        @@
        -old
        +new
        *** Delete File: /etc/passwd
        *** End Patch
        """;

    Content content = Content.of(patch);
    assertThat(PatchFiles.read(patch, PROJECT))
        .isEqualTo(
            new HookReading.Does(
                List.of(
                    new Action.Write(PROJECT.resolve("a/new.txt"), content),
                    new Action.Write(PROJECT.resolve("b.txt"), content),
                    new Action.Write(PROJECT.resolve("../outside.txt"), content),
                    new Action.Delete(Path.of("/etc/passwd")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*** Begin Patch\n*** End Patch",
        "*** Begin Patch\n*** Copy File: a\n*** End Patch",
        "*** Add File: a\n+x"
      })
  void aPatchThatIsNotUnderstoodIsNot(String patch) throws Exception {
    assertThat(PatchFiles.read(patch, PROJECT)).isInstanceOf(HookReading.NotUnderstood.class);
  }

  @Test
  void theAddressesInAPromptAreTheOnesFetched() {
    Node event =
        json(
            "{\"hook_event_name\": \"BeforeTool\", \"tool_name\": \"web_fetch\", \"tool_input\":"
                + " {\"prompt\": \"compare (https://a.example/x) and\\nHTTP://10.0.0.1/\"}}");

    assertThat(format("gemini-cli").read(event, PROJECT))
        .isEqualTo(
            new HookReading.Does(
                List.of(
                    new Action.Fetch("GET", "https://a.example/x)"),
                    new Action.Fetch("GET", "HTTP://10.0.0.1/"))));
  }

  /// What the model sends and what it is judged as, one line each: a tool, its input, the actions.
  @Test
  void whatAModelMaySendIsJudgedAsWhatItDoes() throws Exception {
    String file = "HookFormatTest/inputs.txt";
    StringBuilder found = new StringBuilder();
    for (String line : Files.readAllLines(Path.of("src/test/resources", file))) {
      if (line.startsWith("$ ")) {
        String[] call = line.split(" ", 4);
        String kind = call[1].equals("gemini-cli") ? "BeforeTool" : "PreToolUse";
        Node event =
            json(
                "{\"hook_event_name\": \"%s\", \"tool_name\": \"%s\", %s}"
                    .formatted(kind, call[2], call[3]));
        found.append(line).append("\n  ").append(shown(format(call[1]).read(event, PROJECT)));
        found.append('\n');
      } else if (line.startsWith("#")) {
        found.append(found.isEmpty() ? "" : "\n").append(line).append('\n');
      }
    }
    Golden.check(found.toString(), file);
  }

  @Test
  void theProjectsFolderHasTheAgentsOwnName() {
    assertThat(HookFormat.all().stream().map(HookFormat::projectVariable))
        .containsExactlyInAnyOrder(
            Optional.of("CLAUDE_PROJECT_DIR"), Optional.empty(), Optional.of("GEMINI_PROJECT_DIR"));
  }

  @Test
  void aCallThatDoesNothingIsNotReadAsActions() {
    assertThatThrownBy(() -> new HookReading.Does(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyCharacterOfAReasonComesThrough() {
    String reason = "q\" b\\ n\n \u001f  ~\u007f é \u202e";

    assertThat(format("codex").answer(new Decision.Deny("a.b", reason, List.of())))
        .contains(":\"denied: q\\\" b\\\\ n\\u000a \\u001f  ~\\u007f \\u00e9 \\u202e (redoubt");
    assertThat(format("codex").answer(new Decision.Ask("a.b", "sure?", List.of())))
        .endsWith(":\"a person has to approve this: sure? (redoubt rule a.b)\"}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "claude-code|allow|{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\",\"permissionDecision\":\"allow\",\"permissionDecisionReason\":\"fine"
            + " (redoubt rule a.b)\"}}",
        "claude-code|ask|{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\",\"permissionDecision\":\"ask\",\"permissionDecisionReason\":\"a"
            + " person has to approve this: sure? (redoubt rule a.b); a rule that would: run:x\"}}",
        "claude-code|deny|{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\","
            + "\"permissionDecision\":\"deny\",\"permissionDecisionReason\":\"denied: \\\"no\\\""
            + " (redoubt rule a.b)\"}}",
        "codex|allow|{}",
        "codex|deny|{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\","
            + "\"permissionDecision\":\"deny\",\"permissionDecisionReason\":\"denied: \\\"no\\\""
            + " (redoubt rule a.b)\"}}",
        "gemini-cli|ask|{\"decision\":\"ask\",\"reason\":\"a person has to approve this: sure?"
            + " (redoubt rule a.b); a rule that would: run:x\"}",
        "codex|ask|{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\",\"permissionDecision\":\"deny\",\"permissionDecisionReason\":\"a"
            + " person has to approve this: sure? (redoubt rule a.b); a rule that would: run:x\"}}",
        "gemini-cli|allow|{\"decision\":\"allow\"}",
        "gemini-cli|deny|{\"decision\":\"deny\",\"reason\":\"denied: \\\"no\\\" (redoubt rule"
            + " a.b)\"}"
      })
  void answersAreInTheAgentsOwnForm(String agent, String decision, String answer) {
    assertThat(
            format(agent)
                .answer(
                    switch (decision) {
                      case "allow" -> new Decision.Allow("a.b", "fine");
                      case "ask" -> new Decision.Ask("a.b", "sure?", List.of("run:x"));
                      default -> new Decision.Deny("a.b", "\"no\"", List.of());
                    }))
        .isEqualTo(answer);
  }

  @ParameterizedTest
  @MethodSource("agents")
  void hostileEventsAreNeverAnException(String agent) {
    for (byte[] input : Hostile.inputs().values()) {
      Node event;
      try {
        event = Json.readStrict(input, Limits.SCAN);
      } catch (Exception e) {
        continue;
      }
      assertThat(format(agent).read(event, PROJECT)).isNotNull();
    }
  }

  static Stream<String> agents() {
    return HookFormat.all().stream().map(HookFormat::agent);
  }

  private static HookFormat format(String agent) {
    return HookFormat.of(agent).orElseThrow();
  }

  private static HookReading does(Action action) {
    return new HookReading.Does(List.of(action));
  }

  private static String shown(HookReading reading) {
    return switch (reading) {
      case HookReading.Does(List<Action> actions) ->
          String.join("\n  ", actions.stream().map(Action::toString).toList());
      case HookReading.Nothing(String reason) -> "nothing: " + reason;
      case HookReading.NotUnderstood(String reason) -> "not understood: " + reason;
    };
  }

  private static List<Node> samples(String agent) throws Exception {
    try (InputStream in =
        HookFormatTest.class.getResourceAsStream("/HookFormatTest/" + agent + ".json")) {
      return ((Node.Arr) Json.readStrict(in.readNBytes(1 << 20), Limits.SCAN)).items();
    }
  }

  private static Node json(String text) {
    try {
      return Json.readStrict(text.getBytes(StandardCharsets.UTF_8), Limits.SCAN);
    } catch (Exception e) {
      throw new IllegalArgumentException(e);
    }
  }
}
