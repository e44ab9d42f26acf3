// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.hooks;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Decision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The events one agent sends before it uses a tool, and the answers it understands.
///
/// Pure. Each implementation names where its facts come from; its samples were recorded from the
/// agent itself. All of them take exit code 2 with a text on standard error as no, and all of them
/// go on after any other failure of a hook, a time-out included.
public interface HookFormat {

  /// Returns the agent's id, in the manner of `claude-code`.
  String agent();

  /// Returns the variable in which the agent says where the project lies, or empty when the hook is
  /// started there.
  Optional<String> projectVariable();

  /// Returns what the tool call in `event` would do.
  ///
  /// @param event the JSON object the agent sent
  /// @param workspace where the agent works
  HookReading read(Node event, Path workspace);

  /// Returns the line for standard output that tells the agent `decision`.
  String answer(Decision decision);

  /// Returns the formats Redoubt knows, sorted by agent.
  static List<HookFormat> all() {
    return List.of(new ClaudeCodeHook(), new CodexHook(), new GeminiCliHook());
  }

  /// Returns the format of `agent`.
  static Optional<HookFormat> of(String agent) {
    return all().stream().filter(format -> format.agent().equals(agent)).findFirst();
  }
}
