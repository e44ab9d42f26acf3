// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.hooks;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Claude Code's event `PreToolUse`.
///
/// Facts: the hooks reference of Claude Code (code.claude.com/docs/en/hooks), and events recorded
/// from version 2.1.330 with a scripted model. There an answer of `deny` and of `ask` kept the tool
/// from running even in the mode `bypassPermissions`, `allow` ran it without a question, and exit
/// code 1, a time-out or an answer that is no JSON ran it too: only exit code 2 blocks. `cwd`
/// follows the `cd` of earlier commands, the project stays in `CLAUDE_PROJECT_DIR`. The tool once
/// called `Task` arrives as `Agent`.
final class ClaudeCodeHook implements HookFormat {

  @Override
  public String agent() {
    return "claude-code";
  }

  @Override
  public Optional<String> projectVariable() {
    return Optional.of("CLAUDE_PROJECT_DIR");
  }

  @Override
  public HookReading read(Node event, Path workspace) {
    try {
      return read(ToolEvent.of(event, "PreToolUse", workspace));
    } catch (ToolEvent.MalformedException e) {
      return new HookReading.NotUnderstood(String.valueOf(e.getMessage()));
    }
  }

  private static HookReading read(ToolEvent event) throws ToolEvent.MalformedException {
    return switch (event.tool()) {
      case "Bash" -> does(event.line("command", event.folder()));
      case "Read", "NotebookRead" -> does(new Action.Read(event.path(readField(event))));
      case "Write" -> does(event.write("file_path", event.text("content")));
      case "Edit" -> does(event.write("file_path", event.text("new_string")));
      case "MultiEdit" -> does(event.write("file_path", event.input().toString()));
      case "NotebookEdit" ->
          does(event.write("notebook_path", event.input().text("new_source").orElse("")));
      case "Glob" -> does(event.glob(event.path("path", event.folder())));
      case "Grep" ->
          does(
              new Action.Search(
                  event.path("path", event.folder()), event.input().text("pattern").orElse("")));
      case "LS" -> does(new Action.ListFolder(event.path("path", event.folder())));
      case "WebFetch" -> does(new Action.Fetch("GET", event.text("url")));
      // What these start asks again for each tool it uses.
      case "Agent", "Task" ->
          new HookReading.Nothing("it starts something that asks for each tool it uses");
      case "TodoWrite",
          "TodoRead",
          "TaskCreate",
          "TaskUpdate",
          "TaskList",
          "TaskGet",
          "ExitPlanMode",
          "EnterPlanMode",
          "AskUserQuestion",
          "ToolSearch",
          "BashOutput",
          "TaskOutput",
          "KillShell",
          "KillBash",
          "TaskStop" ->
          new HookReading.Nothing("it stays inside the agent");
      default -> does(other(event));
    };
  }

  private static String readField(ToolEvent event) {
    return event.tool().equals("Read") ? "file_path" : "notebook_path";
  }

  private static Action other(ToolEvent event) {
    return McpName.of(event.tool())
        .map(name -> event.call(name.server(), name.tool()))
        .orElseGet(() -> event.call("claude-code", event.tool()));
  }

  private static HookReading does(Action action) {
    return new HookReading.Does(List.of(action));
  }

  @Override
  public String answer(Decision decision) {
    String word =
        switch (decision) {
          case Decision.Allow _ -> "allow";
          case Decision.Ask _ -> "ask";
          case Decision.Deny _ -> "deny";
        };
    return HookAnswer.preToolUse(word, decision);
  }
}
