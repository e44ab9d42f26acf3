// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reach;

import java.util.Map;

/// Which agents read which instruction files.
final class InstructionReaders {

  /* AGENTS.md, skills and a format that is not listed count as read by every agent: a poisoned text must
  not look harmless because we do not know its reader. */
  private static final Map<String, String> ONLY_READER =
      Map.of(
          "claude-md", "claude-code",
          "claude-command", "claude-code",
          "gemini-md", "gemini-cli",
          "cursor-rules", "cursor",
          "windsurf-rules", "windsurf",
          "cline-rules", "cline",
          "roo-rules", "roo-code",
          "copilot-instructions", "vscode",
          "junie-guidelines", "junie",
          "goosehints", "goose");

  private InstructionReaders() {}

  /// Returns whether an agent of kind `agent` reads instruction files of kind `file`.
  static boolean reads(String agent, String file) {
    String only = ONLY_READER.get(file);
    return only == null || only.equals(agent);
  }
}
