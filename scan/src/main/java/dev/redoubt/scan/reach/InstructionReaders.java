// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reach;

import java.util.Map;
import java.util.Set;

/// Which agents read which instruction files.
final class InstructionReaders {

  /* By what the kind of a file starts with. AGENTS.md, skills and a kind that is not listed count as read
  by every agent: a poisoned text must not look harmless because we do not know its reader. */
  private static final Map<String, Set<String>> READERS =
      Map.ofEntries(
          Map.entry("claude-", Set.of("claude-code")),
          Map.entry("gemini-", Set.of("gemini-cli")),
          Map.entry("qwen-", Set.of("qwen-code")),
          Map.entry("crush-", Set.of("crush")),
          Map.entry("bmo-", Set.of("bmo")),
          Map.entry("warp-", Set.of("warp")),
          Map.entry("cursor-", Set.of("cursor")),
          Map.entry("windsurf-", Set.of("windsurf")),
          Map.entry("cline-", Set.of("cline")),
          Map.entry("roo-", Set.of("roo-code")),
          Map.entry("kilo-", Set.of("kilo-code")),
          Map.entry("copilot-", Set.of("vscode", "copilot", "copilot-cli", "visual-studio")),
          Map.entry("junie-", Set.of("junie")),
          Map.entry("kiro-", Set.of("kiro")),
          Map.entry("goose-", Set.of("goose")),
          Map.entry("amazon-q-", Set.of("amazon-q")),
          Map.entry("augment-", Set.of("augment")),
          Map.entry("continue-", Set.of("continue")),
          Map.entry("trae-", Set.of("trae")),
          Map.entry("opencode-", Set.of("opencode")),
          Map.entry("codex-", Set.of("codex")),
          Map.entry("openhands-", Set.of("openhands")),
          Map.entry("zed-", Set.of("zed")),
          Map.entry("aider-", Set.of("aider")));

  private InstructionReaders() {}

  /// Returns whether an agent of kind `agent` reads instruction files of kind `file`.
  static boolean reads(String agent, String file) {
    return READERS.entrySet().stream()
        .filter(entry -> file.startsWith(entry.getKey()))
        .findFirst()
        .map(entry -> entry.getValue().contains(agent))
        .orElse(true);
  }
}
