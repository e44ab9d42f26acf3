// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import static dev.redoubt.scan.extractors.agents.McpClient.Presence.AGENT;
import static dev.redoubt.scan.extractors.agents.McpClient.Presence.EDITOR;

import dev.redoubt.scan.extractors.agents.McpClient.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The clients whose configurations are read: a written table, sorted by id.
///
/// A project path is matched by its ending, so a configuration in a monorepo's package or below an
/// `examples` folder is found too. A machine path is matched by its ending as well, because the
/// folders for application data can be moved by the environment.
public final class McpClients {

  /// Stands for a client that cannot be told from the path of its file.
  static final McpClient ANY = new McpClient("mcp", "MCP client", EDITOR, List.of(), List.of());

  private static final Pattern ANY_NAME =
      Pattern.compile(
          "(?i)[^/]*(?<![a-z])mcp(?![a-z])[^/]*\\.jsonc?|(?i)[^/]*mcp[-_.]?"
              + "(?:servers?|config|settings)[^/]*\\.jsonc?");

  private static final List<McpClient> ALL =
      List.of(
          client("aide", "Aide", EDITOR, files(".aide/mcp.json"), files("app:Aide/User/mcp.json")),
          client(
              "aider",
              "Aider",
              AGENT,
              files(".aider/mcp.json", ".aider.conf.yml", ".aider.conf.yaml"),
              files("~/.aider/mcp.json", "~/.aider.conf.yml")),
          client(
              "amazon-q",
              "Amazon Q Developer",
              AGENT,
              files(
                  ".amazonq/mcp.json",
                  ".amazonq/default.json",
                  ".amazonq/cli-agents/*.json",
                  ".amazonq/agents/*.json"),
              extension(
                  "amazonwebservices.amazon-q-vscode/mcp.json",
                  "~/.aws/amazonq/mcp.json",
                  "~/.aws/amazonq/default.json",
                  "~/.aws/amazonq/cli-agents/*.json",
                  "~/.aws/amazonq/agents/*.json")),
          client(
              "amp",
              "Amp",
              AGENT,
              files(".amp/settings.json", ".amp/settings.jsonc"),
              files("xdg:amp/settings.json", "xdg:amp/settings.jsonc")),
          client(
              "antigravity",
              "Antigravity",
              AGENT,
              files(".antigravity/mcp_config.json"),
              files("~/.gemini/antigravity/mcp_config.json")),
          client(
              "augment",
              "Augment Code",
              AGENT,
              files(".augment/settings.json", ".augment/mcp.json"),
              files("~/.augment/settings.json")),
          client(
              "bmo",
              "BMO",
              AGENT,
              files("bmo.toml", ".bmo.toml", ".bmo/config.toml", ".bmo/bmo.toml"),
              files("xdg:bmo/bmo.toml", "xdg:bmo/config.toml")),
          client(
              "claude-code",
              "Claude Code",
              AGENT,
              files(
                  ".mcp.json",
                  ".claude/settings.json",
                  ".claude/settings.local.json",
                  ".claude/mcp.json",
                  ".claude.json",
                  ".claude-plugin/plugin.json"),
              files(
                  "~/.claude.json",
                  "~/.claude/settings.json",
                  "~/.claude/settings.local.json",
                  "~/.claude/mcp.json",
                  "~/.claude/.mcp.json",
                  "~/.mcp.json")),
          client(
              "claude-desktop",
              "Claude Desktop",
              AGENT,
              files("claude_desktop_config.json"),
              files("app:Claude/claude_desktop_config.json")),
          client(
              "cline",
              "Cline",
              AGENT,
              files("cline_mcp_settings.json", ".cline/mcp.json"),
              extension(
                  "saoudrizwan.claude-dev/settings/cline_mcp_settings.json",
                  "~/.cline/data/settings/cline_mcp_settings.json",
                  "~/.cline/mcp.json")),
          client(
              "codex",
              "Codex CLI",
              AGENT,
              files(".codex/config.toml"),
              files("~/.codex/config.toml", "~/.codex/managed_config.toml")),
          client(
              "cody",
              "Sourcegraph Cody",
              EDITOR,
              files(".cody/mcp.json"),
              extension("sourcegraph.cody-ai/mcp.json", "~/.cody/mcp.json")),
          client(
              "continue",
              "Continue",
              AGENT,
              files(
                  ".continue/config.json",
                  ".continue/config.yaml",
                  ".continue/config.yml",
                  ".continue/mcpServers/*.yaml",
                  ".continue/mcpServers/*.yml",
                  ".continue/mcpServers/*.json"),
              extension(
                  "continue.continue/config.json",
                  "~/.continue/config.json",
                  "~/.continue/config.yaml",
                  "~/.continue/mcpServers/*.yaml",
                  "~/.continue/mcpServers/*.yml",
                  "~/.continue/mcpServers/*.json")),
          client(
              "copilot-cli",
              "GitHub Copilot CLI",
              AGENT,
              files(
                  ".copilot/mcp-config.json",
                  ".github/mcp.json",
                  ".github/copilot/mcp.json",
                  ".github/mcp-config.json"),
              files("~/.copilot/mcp-config.json", "xdg:copilot/mcp-config.json")),
          client(
              "crush",
              "Crush",
              AGENT,
              files("crush.json", ".crush.json"),
              files("xdg:crush/crush.json")),
          client(
              "cursor",
              "Cursor",
              AGENT,
              files(".cursor/mcp.json"),
              files("~/.cursor/mcp.json", "app:Cursor/User/globalStorage/cursor.mcp/mcp.json")),
          client(
              "docker-mcp-toolkit",
              "Docker MCP Toolkit",
              AGENT,
              files(".docker/mcp/registry.yaml"),
              files("~/.docker/mcp/registry.yaml")),
          client(
              "factory",
              "Factory Droid",
              AGENT,
              files(".factory/mcp.json"),
              files("~/.factory/mcp.json")),
          client(
              "gemini-cli",
              "Gemini CLI",
              AGENT,
              files(".gemini/settings.json", "gemini-extension.json"),
              files("~/.gemini/settings.json", "~/.gemini/extensions/*/gemini-extension.json")),
          client(
              "goose",
              "Goose",
              AGENT,
              files(".goose/config.yaml", ".config/goose/config.yaml", "goose/config.yaml"),
              files("xdg:goose/config.yaml", "windows:Block/goose/config/config.yaml")),
          client(
              "jetbrains-ai",
              "JetBrains AI Assistant",
              EDITOR,
              files(".idea/mcp.json", ".ai/mcp/mcp.json"),
              files(
                  "app:JetBrains/*/mcp.json",
                  "app:JetBrains/*/options/mcp.json",
                  "xdg:github-copilot/intellij/mcp.json",
                  "windows:github-copilot/intellij/mcp.json")),
          client(
              "junie",
              "Junie",
              AGENT,
              files(".junie/mcp/mcp.json", ".junie/mcp.json"),
              files("~/.junie/mcp/mcp.json")),
          client(
              "kilo-code",
              "Kilo Code",
              AGENT,
              files(".kilocode/mcp.json"),
              extension("kilocode.kilo-code/settings/mcp_settings.json")),
          client("kimi-cli", "Kimi CLI", AGENT, files(".kimi/mcp.json"), files("~/.kimi/mcp.json")),
          client(
              "kiro",
              "Kiro",
              AGENT,
              files(".kiro/settings/mcp.json", ".kiro/agents/*.json"),
              files("~/.kiro/settings/mcp.json", "~/.kiro/agents/*.json")),
          client(
              "lm-studio",
              "LM Studio",
              AGENT,
              files(".lmstudio/mcp.json"),
              files("~/.lmstudio/mcp.json")),
          client(
              "mcp-cli",
              "mcp-cli",
              AGENT,
              files(".mcp/config.json", "server_config.json"),
              files("~/.mcp/config.json")),
          client(
              "openclaw",
              "OpenClaw",
              AGENT,
              files(".openclaw/openclaw.json", ".openclaw/mcp.json"),
              files("~/.openclaw/openclaw.json")),
          client(
              "opencode",
              "opencode",
              AGENT,
              files(
                  "opencode.json",
                  "opencode.jsonc",
                  ".opencode/opencode.json",
                  ".opencode/opencode.jsonc",
                  ".opencode/config.json"),
              files(
                  "xdg:opencode/opencode.json",
                  "xdg:opencode/opencode.jsonc",
                  "xdg:opencode/config.json")),
          client(
              "pieces",
              "Pieces",
              AGENT,
              files(".pieces/mcp.json"),
              files("~/.pieces/mcp.json", "app:Pieces/mcp.json")),
          client(
              "qwen-code",
              "Qwen Code",
              AGENT,
              files(".qwen/settings.json"),
              files("~/.qwen/settings.json")),
          /* Keeps no file of its own in a workspace: what it is given is a plain .mcp.json. */
          client("replit-agent", "Replit Agent", AGENT, files(), files()),
          client(
              "roo-code",
              "Roo Code",
              AGENT,
              files(".roo/mcp.json", ".roo-code/mcp.json"),
              extension(
                  "rooveterinaryinc.roo-cline/settings/mcp_settings.json", "~/.roo/mcp.json")),
          client(
              "snowflake-cortex",
              "Snowflake Cortex Code",
              AGENT,
              files(
                  ".snowflake/cortex/mcp.json",
                  ".snowflake/cortex/settings.json",
                  ".snowflake/config.toml",
                  ".snowflake/connections.toml"),
              files(
                  "~/.snowflake/cortex/mcp.json",
                  "~/.snowflake/cortex/settings.json",
                  "~/.snowflake/config.toml",
                  "~/.snowflake/connections.toml")),
          client(
              "tabnine",
              "Tabnine",
              AGENT,
              files(".tabnine/mcp_servers.json"),
              files("~/.tabnine/mcp_servers.json")),
          client(
              "trae",
              "Trae",
              AGENT,
              files(".trae/mcp.json"),
              files("app:Trae/User/mcp.json", "~/.trae/mcp.json")),
          client(
              "visual-studio",
              "Visual Studio Copilot",
              EDITOR,
              files(".vs/mcp.json"),
              files("~/.vs/mcp.json")),
          client(
              "void",
              "Void",
              EDITOR,
              files(".void/mcp.json"),
              files("app:Void/User/mcp.json", "~/.void-editor/mcp.json")),
          client(
              "vscode",
              "VS Code Copilot",
              EDITOR,
              files(
                  ".vscode/mcp.json",
                  ".vscode/settings.json",
                  ".devcontainer/devcontainer.json",
                  ".devcontainer.json"),
              inEditors("mcp.json", "settings.json")),
          client(
              "warp",
              "Warp",
              AGENT,
              files(".warp/mcp.json"),
              files("~/.warp/mcp.json", "xdg:warp-terminal/mcp.json")),
          client(
              "windsurf",
              "Windsurf",
              AGENT,
              files(".windsurf/mcp.json", ".windsurf/mcp_config.json", ".codeium/mcp_config.json"),
              files(
                  "~/.codeium/windsurf/mcp_config.json",
                  "~/.codeium/mcp_config.json",
                  "~/.windsurf/mcp.json",
                  "app:Windsurf/User/globalStorage/windsurf.mcp/mcp.json")),
          client("witsy", "Witsy", AGENT, files(), files("app:Witsy/settings.json")),
          client(
              "zed",
              "Zed",
              EDITOR,
              files(".zed/settings.json"),
              files("xdg:zed/settings.json", "windows:Zed/settings.json")));

  private McpClients() {}

  static List<McpClient> all() {
    return ALL;
  }

  /// Returns the client whose file `path` is, [#ANY] when only the name says that it is about MCP,
  /// or empty.
  static Optional<McpClient> of(String path) {
    boolean machine = path.startsWith("~/");
    McpClient best = null;
    int longest = 0;
    for (McpClient client : ALL) {
      for (String ending : endings(client, machine)) {
        if (ending.length() > longest && PathEnding.matches(path, ending)) {
          best = client;
          longest = ending.length();
        }
      }
    }
    if (best != null) {
      return Optional.of(best);
    }
    String name = path.substring(path.lastIndexOf('/') + 1);
    return ANY_NAME.matcher(name).matches() ? Optional.of(ANY) : Optional.empty();
  }

  /// Returns the files of a user that are configurations, as [McpClient#machine()] writes them.
  static List<String> machinePaths() {
    return ALL.stream().flatMap(client -> client.machine().stream()).distinct().toList();
  }

  private static List<String> endings(McpClient client, boolean machine) {
    if (!machine) {
      return client.project();
    }
    List<String> endings = new ArrayList<>(client.project());
    client.machine().forEach(path -> endings.add(path.replaceFirst("^(?:~/|[a-z]+:)", "")));
    return endings;
  }

  private static McpClient client(
      String id, String name, Presence presence, List<String> project, List<String> machine) {
    return new McpClient(id, name, presence, project, machine);
  }

  private static List<String> files(String... paths) {
    return List.of(paths);
  }

  /* An extension of VS Code keeps its file below every editor of that family. */
  private static List<String> extension(String path, String... more) {
    return Stream.concat(inEditors("globalStorage/" + path).stream(), Stream.of(more)).toList();
  }

  private static List<String> inEditors(String... paths) {
    List<String> all = new ArrayList<>();
    for (String path : paths) {
      for (String editor : List.of("Code", "Code - Insiders", "VSCodium", "Cursor", "Windsurf")) {
        all.add("app:" + editor + "/User/" + path);
      }
      all.add("~/.vscode-server/data/User/" + path);
    }
    return all;
  }
}
