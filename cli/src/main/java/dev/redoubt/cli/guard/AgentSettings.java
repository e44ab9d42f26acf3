// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/// Where an agent keeps its hooks, and what stands there for Redoubt.
///
/// @param agent the agent's id
/// @param file its settings, a JSON object
/// @param event the key under `hooks`
/// @param entry the JSON object that is added to the list of that event
/// @param note what the person has to do besides; empty when nothing
record AgentSettings(String agent, Path file, String event, String entry, String note) {

  AgentSettings {
    requireNonNull(agent, "agent");
    requireNonNull(file, "file");
    requireNonNull(event, "event");
    requireNonNull(entry, "entry");
    requireNonNull(note, "note");
  }

  /// Returns the settings of `agent`, one of those [dev.redoubt.guard.hooks.HookFormat] knows.
  ///
  /// @param folder the home, or the project when only it is meant
  /// @param program how Redoubt is started, one path
  static AgentSettings of(String agent, Path folder, String program) {
    String command =
        quoted(program)
            + " guard hook "
            + agent
            + " || { echo \"redoubt: the guard could not answer, so the answer is no\" >&2; exit 2;"
            + " }";
    return switch (agent) {
      case "claude-code" ->
          new AgentSettings(
              agent, folder.resolve(".claude/settings.json"), "PreToolUse", entry(command, 60), "");
      case "codex" ->
          new AgentSettings(
              agent,
              folder.resolve(".codex/hooks.json"),
              "PreToolUse",
              entry(command, 60),
              "Codex runs a new hook only after you reviewed it: start codex and type /hooks");
      case "gemini-cli" ->
          new AgentSettings(
              agent,
              folder.resolve(".gemini/settings.json"),
              "BeforeTool",
              entry(command, 60_000),
              "");
      default -> throw new IllegalArgumentException("\"%s\" is no known agent".formatted(agent));
    };
  }

  /* Claude Code and Codex count the time in seconds, Gemini CLI in milliseconds. */
  private static String entry(String command, int timeout) {
    return "{\"matcher\": \"*\", \"hooks\": [{\"type\": \"command\", \"command\": "
        + JsonText.quoted(command)
        + ", \"timeout\": "
        + timeout
        + "}]}";
  }

  /* One word for sh, whatever the path has in it. */
  private static String quoted(String path) {
    return "'" + path.replace("'", "'\\''") + "'";
  }
}
