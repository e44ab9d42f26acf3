// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class McpClientsTest {

  @ParameterizedTest
  @CsvSource({
    ".mcp.json, claude-code",
    "packages/app/.mcp.json, claude-code",
    ".claude/settings.local.json, claude-code",
    "~/.claude.json, claude-code",
    "examples/claude_desktop_config.json, claude-desktop",
    "~/Library/Application Support/Claude/claude_desktop_config.json, claude-desktop",
    "~/AppData/Roaming/Claude/claude_desktop_config.json, claude-desktop",
    ".cursor/mcp.json, cursor",
    ".vscode/mcp.json, vscode",
    "~/.config/Code/User/mcp.json, vscode",
    "~/Library/Application Support/Code - Insiders/User/settings.json, vscode",
    ".windsurf/mcp_config.json, windsurf",
    "~/.codeium/windsurf/mcp_config.json, windsurf",
    ".codex/config.toml, codex",
    ".gemini/settings.json, gemini-cli",
    ".junie/mcp/mcp.json, junie",
    ".openclaw/openclaw.json, openclaw",
    ".roo/mcp.json, roo-code",
    ".kiro/settings/mcp.json, kiro",
    ".amazonq/mcp.json, amazon-q",
    ".github/mcp.json, copilot-cli",
    "opencode.jsonc, opencode",
    ".zed/settings.json, zed",
    "~/moved/zed/settings.json, zed",
    "some/cline_mcp_settings.json, cline",
    "~/.config/JetBrains/IntelliJIdea2026.1/mcp.json, jetbrains-ai",
    "~/.continue/mcpServers/web.yaml, continue",
    "~/.snowflake/cortex/mcp.json, snowflake-cortex",
    "~/.docker/mcp/registry.yaml, docker-mcp-toolkit",
    "~/.config/goose/config.yaml, goose",
    "mcp.json, mcp",
    "src/mcp-servers.json, mcp",
    "my_mcp_config.jsonc, mcp",
  })
  void aFileIsKnownByItsPath(String path, String id) {
    assertThat(McpClients.of(path).map(McpClient::id)).contains(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "settings.json",
        "zed/settings.json",
        "config.toml",
        "src/main/mcp.java",
        "tsconfig.json",
        "mcpherson.json",
        "docs/mcp.md",
        "Code/User/mcp.txt"
      })
  void anotherFileIsNot(String path) {
    assertThat(McpClients.of(path)).isEmpty();
  }

  @Test
  void theTableIsSortedUniqueAndLarge() {
    List<String> ids = McpClients.all().stream().map(McpClient::id).toList();

    assertThat(ids).isSorted().doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(29);
  }
}
