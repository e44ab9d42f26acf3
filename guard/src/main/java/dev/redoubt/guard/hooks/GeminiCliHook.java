// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.hooks;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gemini CLI's event `BeforeTool`.
///
/// Facts: the hooks reference of Gemini CLI (geminicli.com/docs/hooks/reference), and events
/// recorded from version 0.61.0 with a scripted model. There `deny` kept the tool from running and
/// gave the model the reason, `ask` kept it from running too in the mode that approves everything,
/// and an answer that is no JSON, exit code 1, exit code 2 without a text on standard error and a
/// time-out ran it. The project is in `GEMINI_PROJECT_DIR`.
final class GeminiCliHook implements HookFormat {

  @Override
  public String agent() {
    return "gemini-cli";
  }

  @Override
  public Optional<String> projectVariable() {
    return Optional.of("GEMINI_PROJECT_DIR");
  }

  @Override
  public HookReading read(Node event, Path workspace) {
    try {
      ToolEvent call = ToolEvent.of(event, "BeforeTool", workspace);
      Optional<String> server = event.get("mcp_context").flatMap(mcp -> mcp.text("server_name"));
      return server.isPresent() ? does(call.call(server.get(), mcpTool(event, call))) : read(call);
    } catch (ToolEvent.MalformedException e) {
      return new HookReading.NotUnderstood(String.valueOf(e.getMessage()));
    }
  }

  private static String mcpTool(Node event, ToolEvent call) {
    return event.get("mcp_context").flatMap(mcp -> mcp.text("tool_name")).orElse(call.tool());
  }

  private static HookReading read(ToolEvent event) throws ToolEvent.MalformedException {
    return switch (event.tool()) {
      case "run_shell_command" ->
          does(event.line("command", event.folder("dir_path", "directory")));
      case "read_file" -> does(new Action.Read(event.path("file_path")));
      case "write_file" -> does(event.write("file_path", event.text("content")));
      case "replace" -> does(event.write("file_path", event.text("new_string")));
      case "glob" -> does(event.glob(event.folder("dir_path", "path")));
      case "grep_search", "search_file_content" ->
          does(
              new Action.Search(
                  event.folder("dir_path", "path"), event.input().text("pattern").orElse("")));
      case "list_directory" -> does(new Action.ListFolder(event.folder("dir_path", "path")));
      case "web_fetch" -> fetches(event);
      case "write_todos",
          "ask_user",
          "enter_plan_mode",
          "exit_plan_mode",
          "get_internal_docs",
          "complete_task" ->
          new HookReading.Nothing("it stays inside the agent");
      default -> does(other(event));
    };
  }

  /* The addresses stand in the prompt, as words; every word that has a scheme is one. Versions that
  know a `url` look at one of the two, and a model may send both. */
  private static HookReading fetches(ToolEvent event) throws ToolEvent.MalformedException {
    List<Action> fetches = new ArrayList<>();
    Optional<String> url = event.input().text("url");
    String prompt = event.input().text("prompt").orElse("");
    String words = url.isPresent() ? url.get() + " " + prompt : event.text("prompt");
    for (String word : words.split("\\s+", -1)) {
      int scheme = word.indexOf("://");
      if (scheme > 0) {
        int start = scheme;
        while (start > 0 && Character.isLetterOrDigit(word.charAt(start - 1))) {
          start--;
        }
        fetches.add(new Action.Fetch("GET", word.substring(start)));
      }
    }
    return fetches.isEmpty()
        ? does(event.call("gemini-cli", event.tool()))
        : new HookReading.Does(fetches);
  }

  private static Action other(ToolEvent event) {
    return McpName.of(event.tool())
        .map(name -> event.call(name.server(), name.tool()))
        .orElseGet(() -> event.call("gemini-cli", event.tool()));
  }

  private static HookReading does(Action action) {
    return new HookReading.Does(List.of(action));
  }

  @Override
  public String answer(Decision decision) {
    return switch (decision) {
      case Decision.Allow _ -> "{\"decision\":\"allow\"}";
      case Decision.Ask _ -> HookAnswer.decision("ask", decision);
      case Decision.Deny _ -> HookAnswer.decision("deny", decision);
    };
  }
}
