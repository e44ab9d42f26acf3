// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.trust;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action.ConfigKind;
import java.util.ArrayList;
import java.util.List;

/// The written table of places in a checkout that switch something on, for Redoubt or for another
/// agent, editor or build tool.
public final class Switches {

  /// One place.
  ///
  /// @param kind what lies there
  /// @param path relative to the checkout, with `/`
  /// @param shape one file, every file below a folder, or every file of a name
  /// @param what a few words for people
  public record Switch(ConfigKind kind, String path, Shape shape, String what) {
    public Switch {
      requireNonNull(kind, "kind");
      requireNonNull(path, "path");
      requireNonNull(shape, "shape");
      requireNonNull(what, "what");
    }
  }

  /// What is looked at.
  public enum Shape {
    FILE,
    /// Every file below the folder.
    TREE,
    /// Every file in the folder whose name starts with what follows the last slash.
    PREFIX,
    /// The lines of git's own settings that make git execute something.
    GIT_CONFIG
  }

  private static final String TABLE =
      """
      HOOK settings with hooks and rights
        .claude/settings.json  .claude/settings.local.json  .codex/config.toml
        .codex/hooks.json  .gemini/settings.json  .cursor/hooks.json  .cursor/cli.json
        .cursor/settings.json  .qwen/settings.json  .crush.json  crush.json  .bmo.json  bmo.json
        .augment/settings.json  .factory/settings.json  .amp/settings.json
      HOOK programs that run at an event
        .git/hooks/**  .claude/hooks/**  .codex/hooks/**  .gemini/hooks/**  .cursor/hooks/**  .github/hooks/**
        .kiro/hooks/**  .husky/**  .githooks/**  .pre-commit-config.yaml  .pre-commit-config.yml
        lefthook.yml  .lefthook.yml  lefthook.toml  .overcommit.yml
      HOOK where the folder of git lies
        .git
      HOOK tasks and settings of an editor
        .vscode/tasks.json  .vscode/settings.json  .vscode/launch.json  .idea/runConfigurations/**
        .run/**  .zed/settings.json  .zed/tasks.json  .devcontainer/**  .devcontainer.json
        .nvim.lua  .exrc  .fleet/**
      HOOK settings of a build tool that load programs
        .mvn/**  gradle/wrapper/**  .cargo/config.toml  .cargo/config  .npmrc  .yarnrc.yml  .yarnrc
        .pnpmfile.cjs  bunfig.toml  .bazelrc  .bundle/config
      MCP_SERVER servers that tools come from
        .mcp.json  mcp.json  .cursor/mcp.json  .vscode/mcp.json  .roo/mcp.json  .amazonq/mcp.json
        .kiro/settings/mcp.json  .windsurf/mcp_config.json  .junie/mcp/mcp.json  opencode.json
        opencode.jsonc  .opencode/opencode.json  .opencode/opencode.jsonc  .continue/**
        .cline/**  .trae/mcp.json  .goose/**  .copilot/mcp-config.json
      SKILL skills, commands and agents
        .claude/skills/**  .claude/commands/**  .claude/agents/**  .claude/output-styles/**
        .codex/skills/**  .codex/prompts/**  .agents/skills/**  .github/skills/**
        .gemini/commands/**  .gemini/skills/**  .gemini/agents/**  .cursor/commands/**
        .cursor/skills/**  .opencode/agent/**  .opencode/agents/**  .opencode/command/**
        .opencode/commands/**  .opencode/skills/**  .redoubt/skills/**  .bmo/skills/**
        .redoubt/commands/**  .redoubt/agents/**  .redoubt/hooks/**
        .windsurf/workflows/**  .roo/commands/**  .roomodes
      PLUGIN programs an agent loads
        .opencode/plugin/**  .opencode/plugins/**  .opencode/tool/**  .claude/plugins/**
        .claude-plugin/**  .gemini/extensions/**  .redoubt/plugins/**  .bmo/plugins/**
      POLICY rules of the guard
        redoubt.toml  .redoubt.toml  .redoubt/policy/**  .redoubt/policy.toml
        .redoubt/redoubt.toml  .gemini/policies/**  .codex/rules/**
      ENVIRONMENT_FILE variables for everything that is started
        .env*  .envrc  .gemini/.env  .codex/.env  .claude/.env  mise.toml  .mise.toml
        .tool-versions
      INSTRUCTIONS text that agents obey
        AGENTS.md  AGENTS.override.md  AGENT.md  CLAUDE.md  CLAUDE.local.md  .claude/CLAUDE.md
        GEMINI.md  QWEN.md  .cursorrules  .cursor/rules/**  .windsurfrules  .windsurf/rules/**
        .clinerules  .clinerules/**  .roorules  .roo/rules/**  .goosehints  .rules
        .github/copilot-instructions.md  .github/instructions/**  .github/prompts/**
        .github/chatmodes/**  .github/agents/**  .kiro/steering/**  .junie/guidelines.md
        .claude/rules/**  .amazonq/rules/**
      """;

  private Switches() {}

  /// Returns the table, in its order.
  public static List<Switch> all() {
    List<Switch> all = new ArrayList<>();
    all.add(new Switch(ConfigKind.HOOK, ".git/config", Shape.GIT_CONFIG, "what git would execute"));
    String kind = "";
    String what = "";
    for (String line : TABLE.split("\n", -1)) {
      if (line.startsWith(" ")) {
        for (String path : line.strip().split(" +", -1)) {
          all.add(of(ConfigKind.valueOf(kind), path, what));
        }
      } else if (!line.isEmpty()) {
        int blank = line.indexOf(' ');
        kind = line.substring(0, blank);
        what = line.substring(blank + 1);
      }
    }
    return all;
  }

  private static Switch of(ConfigKind kind, String path, String what) {
    if (path.endsWith("/**")) {
      return new Switch(kind, path.substring(0, path.length() - 3), Shape.TREE, what);
    }
    if (path.endsWith("*")) {
      return new Switch(kind, path.substring(0, path.length() - 1), Shape.PREFIX, what);
    }
    return new Switch(kind, path, Shape.FILE, what);
  }
}
