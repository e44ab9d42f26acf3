// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardHookCommandTest {

  @TempDir private Path folder;
  @TempDir private Path home;

  @Test
  void theAnswerIsInTheAgentsForm() {
    assertThat(hook("claude-code", bash("PreToolUse", "Bash", "ls -la")).out())
        .contains("\"permissionDecision\":\"allow\"");
    assertThat(hook("claude-code", bash("PreToolUse", "Bash", "npm publish")).out())
        .contains("\"permissionDecision\":\"ask\"");
    assertThat(hook("codex", bash("PreToolUse", "Bash", "npm publish")).out())
        .contains("\"permissionDecision\":\"deny\"");
    assertThat(hook("codex", bash("PreToolUse", "Bash", "ls")).out()).isEqualTo("{}\n");
    assertThat(
            hook("gemini-cli", bash("BeforeTool", "run_shell_command", "cat ~/.ssh/id_rsa")).out())
        .startsWith("{\"decision\":\"deny\"");
  }

  @Test
  void everyDecisionIsInTheEvidenceThatVerifies() {
    hook("codex", bash("PreToolUse", "Bash", "cat ~/.ssh/id_rsa"));

    Run verify = new Terminal(folder, home).redoubt("evidence", "verify");
    assertThat(verify.exitCode()).isZero();
    assertThat(new Terminal(folder, home).redoubt("evidence", "show", "hooks").out())
        .contains("cat ~/.ssh/id_rsa")
        .contains("deny")
        .contains("codex");
  }

  @Test
  void whatIsNotUnderstoodAndWhatDoesNothingIsInTheEvidenceToo() {
    hook("claude-code", "{\"hook_event_name\": \"PostToolUse\", \"tool_name\": \"Odd\"}");
    hook("codex", bash("PreToolUse", "update_plan", "x"));

    assertThat(new Terminal(folder, home).redoubt("evidence", "show", "hooks").out())
        .contains("hook.not-understood")
        .contains("Odd")
        .contains("hook.nothing")
        .contains("update_plan");
  }

  @Test
  void aDecisionThatCannotBeWrittenIsANo() throws Exception {
    Path data = Files.writeString(folder.resolve("file"), "no folder");

    Run run =
        new Terminal(folder, home)
            .withInput(bash("PreToolUse", "Bash", "ls"))
            .redoubt("guard", "hook", "claude-code", "--data-dir", data.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("the answer is no");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aBuildWaitsForTrust() {
    String event = bash("PreToolUse", "Bash", "mvn -q test");
    assertThat(hook("claude-code", event).out()).contains("\"ask\"").contains("build-untrusted");

    new Terminal(folder, home).redoubt("trust", "add", folder.toString(), "--yes");

    assertThat(hook("claude-code", event).out()).contains("\"allow\"");
  }

  @Test
  void aFolderTheModelChoseIsNotTheWorkspace() {
    String event =
        """
        {"hook_event_name": "PreToolUse", "cwd": "/srv/elsewhere", "tool_name": "Write",
         "tool_input": {"file_path": "/srv/elsewhere/a", "content": "x"}}
        """;

    assertThat(hook("claude-code", event).out()).contains("\"permissionDecision\":\"deny\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not json", "[]", "{\"tool_name\": 1, \"tool_name\": 2}", "null"})
  void whatIsNoEventIsNotAllowed(String input) {
    for (String agent : new String[] {"claude-code", "codex", "gemini-cli"}) {
      Run run = hook(agent, input);
      assertThat((run.exitCode() == 2 && !run.err().isEmpty()) || run.out().contains("deny"))
          .as(agent + " " + input)
          .isTrue();
    }
  }

  @Test
  void anUnknownAgentEndsWithTwo() {
    assertThat(hook("vim", "{}").exitCode()).isEqualTo(2);
    assertThat(new Terminal(folder, home).redoubt("guard", "hook").exitCode()).isEqualTo(2);
  }

  private Run hook(String agent, String event) {
    return new Terminal(folder, home).withInput(event).redoubt("guard", "hook", agent);
  }

  private String bash(String kind, String tool, String command) {
    return """
    {"hook_event_name": "%s", "cwd": "%s", "tool_name": "%s", "tool_input": {"command": "%s"}}
    """
        .formatted(kind, folder, tool, command);
  }
}
