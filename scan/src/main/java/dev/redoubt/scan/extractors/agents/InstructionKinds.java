// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import dev.redoubt.model.Agent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files that agents take instructions from: a written table.
final class InstructionKinds {

  /// One kind of file.
  ///
  /// @param id its stable id
  /// @param pattern a path ending, or a folder, `/**` and the ending of a name below it; names
  ///   without a folder are compared without regard to case
  /// @param client the agent that such a file proves, as `id/Product Name`, or null when several
  ///   read it or when a project has many of them
  record Kind(String id, String pattern, @Nullable String client) {

    boolean matches(String path) {
      int deep = pattern.indexOf("/**");
      if (deep < 0) {
        return pattern.indexOf('/') < 0
            ? path.substring(path.lastIndexOf('/') + 1).equalsIgnoreCase(pattern)
            : PathEnding.matches(path, pattern);
      }
      String folder = pattern.substring(0, deep) + "/";
      return (path.startsWith(folder) || path.contains("/" + folder))
          && path.toLowerCase(Locale.ROOT).endsWith(pattern.substring(deep + 3));
    }

    Optional<Agent> agent(String path) {
      if (client == null) {
        return Optional.empty();
      }
      int slash = client.indexOf('/');
      return Optional.of(new Agent(client.substring(slash + 1), client.substring(0, slash), path));
    }
  }

  private static final List<Kind> ALL =
      List.of(
          new Kind("skill", "SKILL.md", null),
          new Kind("agents-md", "AGENTS.md", null),
          new Kind("agents-md", "AGENT.md", null),
          new Kind("agents-md", "AGENTS.override.md", "codex/Codex CLI"),
          new Kind("claude-md", "CLAUDE.md", "claude-code/Claude Code"),
          new Kind("claude-md", "CLAUDE.local.md", "claude-code/Claude Code"),
          new Kind("claude-command", ".claude/commands/**.md", null),
          new Kind("claude-agent", ".claude/agents/**.md", null),
          new Kind("claude-rules", ".claude/rules/**.md", null),
          new Kind("gemini-md", "GEMINI.md", "gemini-cli/Gemini CLI"),
          new Kind("qwen-md", "QWEN.md", "qwen-code/Qwen Code"),
          new Kind("crush-md", "CRUSH.md", "crush/Crush"),
          new Kind("bmo-md", "BMO.md", "bmo/BMO"),
          new Kind("warp-md", "WARP.md", "warp/Warp"),
          new Kind("cursor-rules", ".cursorrules", "cursor/Cursor"),
          new Kind("cursor-rules", ".cursor/rules/**.mdc", null),
          new Kind("cursor-rules", ".cursor/rules/**.md", null),
          new Kind("cursor-command", ".cursor/commands/**.md", null),
          new Kind("windsurf-rules", ".windsurfrules", "windsurf/Windsurf"),
          new Kind("windsurf-rules", ".windsurf/rules/**.md", null),
          new Kind("windsurf-workflow", ".windsurf/workflows/**.md", null),
          new Kind("cline-rules", ".clinerules", "cline/Cline"),
          new Kind("cline-rules", ".clinerules/**.md", null),
          new Kind("cline-rules", ".clinerules/**.txt", null),
          new Kind("roo-rules", ".roorules", "roo-code/Roo Code"),
          new Kind("roo-rules", ".roo/rules/**.md", null),
          new Kind("roo-rules", ".roo/rules-code/**.md", null),
          new Kind("roo-rules", ".roo/rules-architect/**.md", null),
          new Kind("roo-rules", ".roo/commands/**.md", null),
          new Kind("kilo-rules", ".kilocode/rules/**.md", null),
          new Kind(
              "copilot-instructions", ".github/copilot-instructions.md", "copilot/GitHub Copilot"),
          new Kind("copilot-instructions", ".github/instructions/**.instructions.md", null),
          new Kind("copilot-prompt", ".github/prompts/**.prompt.md", null),
          new Kind("copilot-chatmode", ".github/chatmodes/**.chatmode.md", null),
          new Kind("copilot-agent", ".github/agents/**.md", null),
          new Kind("junie-guidelines", ".junie/guidelines.md", "junie/Junie"),
          new Kind("kiro-steering", ".kiro/steering/**.md", null),
          new Kind("goose-hints", ".goosehints", "goose/Goose"),
          new Kind("amazon-q-rules", ".amazonq/rules/**.md", null),
          new Kind("augment-rules", ".augment-guidelines", "augment/Augment Code"),
          new Kind("augment-rules", ".augment/rules/**.md", null),
          new Kind("continue-rules", ".continue/rules/**.md", null),
          new Kind("trae-rules", ".trae/rules/**.md", null),
          new Kind("opencode-command", ".opencode/command/**.md", null),
          new Kind("opencode-command", ".opencode/commands/**.md", null),
          new Kind("opencode-agent", ".opencode/agent/**.md", null),
          new Kind("codex-prompt", ".codex/prompts/**.md", null),
          new Kind("openhands-microagent", ".openhands/microagents/**.md", null),
          new Kind("zed-rules", ".rules", "zed/Zed"),
          new Kind("aider-conventions", "CONVENTIONS.md", null));

  /* Read only when Aider's configuration beside it names it: elsewhere it is a text for people. */
  static final String AIDER_CONVENTIONS = "aider-conventions";

  private static final List<String> MACHINE =
      List.of(
          "~/.claude/CLAUDE.md",
          "~/.claude/skills/*/SKILL.md",
          "~/.claude/commands/*.md",
          "~/.claude/agents/*.md",
          "~/.agents/skills/*/SKILL.md",
          "~/.codex/AGENTS.md",
          "~/.codex/AGENTS.override.md",
          "~/.codex/skills/*/SKILL.md",
          "~/.codex/prompts/*.md",
          "~/.gemini/GEMINI.md",
          "~/.qwen/QWEN.md",
          "~/.copilot/skills/*/SKILL.md",
          "~/.factory/AGENTS.md",
          "~/.goosehints",
          "xdg:goose/.goosehints",
          "xdg:opencode/AGENTS.md",
          "xdg:opencode/skills/*/SKILL.md",
          "xdg:crush/CRUSH.md",
          "xdg:crush/skills/*/SKILL.md",
          "xdg:amp/AGENTS.md",
          "~/.kiro/steering/*.md");

  private InstructionKinds() {}

  /// Returns the kind of file that `path` is, or empty when agents do not read it by itself.
  static Optional<Kind> of(String path) {
    return ALL.stream().filter(kind -> kind.matches(path)).findFirst();
  }

  /// Returns the files of a user that hold instructions, as [McpClient#machine()] writes them.
  static List<String> machinePaths() {
    return MACHINE;
  }
}
