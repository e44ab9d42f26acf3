// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.hooks;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Codex's event `PreToolUse`.
///
/// Facts: events recorded from version 0.169.0 with a scripted model. Its shell arrives as the tool
/// `Bash` whatever the model called it, a patch as `apply_patch` with the patch in `command`. The
/// only decision it takes is `deny`: on `ask` and on `allow` it reported that the hook failed and
/// ran the command, as it did on exit codes 1 and 127 and on exit code 2 without a text on standard
/// error. So a question is answered with no, and yes is an empty object. `cwd` is the folder the
/// model chose for the command, so the project is where the hook was started. A new hook runs only
/// after the person reviewed it in Codex.
final class CodexHook implements HookFormat {

  @Override
  public String agent() {
    return "codex";
  }

  @Override
  public Optional<String> projectVariable() {
    return Optional.empty();
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
      case "Bash" -> does(List.of(event.line("command", event.folder())));
      case "apply_patch" -> PatchFiles.read(event.text("command"), event.folder());
      case "view_image" -> does(List.of(new Action.Read(event.path("path"))));
      case "update_plan", "get_goal", "create_goal", "update_goal", "request_user_input" ->
          new HookReading.Nothing("it stays inside the agent");
      default -> does(List.of(other(event)));
    };
  }

  private static Action other(ToolEvent event) {
    return McpName.of(event.tool())
        .map(name -> event.call(name.server(), name.tool()))
        .orElseGet(() -> event.call("codex", event.tool()));
  }

  private static HookReading does(List<Action> actions) {
    return new HookReading.Does(actions);
  }

  @Override
  public String answer(Decision decision) {
    return switch (decision) {
      case Decision.Allow _ -> "{}";
      case Decision.Ask _, Decision.Deny _ -> HookAnswer.preToolUse("deny", decision);
    };
  }
}
