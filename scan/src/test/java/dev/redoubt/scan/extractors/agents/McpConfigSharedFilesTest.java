// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Credential;
import dev.redoubt.model.Endpoint;
import dev.redoubt.model.Gap;
import dev.redoubt.model.McpServer;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.engine.FileTree;
import dev.redoubt.scan.engine.ScanLimits;
import dev.redoubt.scan.engine.Source;
import dev.redoubt.secrets.Fingerprints;
import dev.redoubt.testkit.NeedsSharedData;
import dev.redoubt.testkit.SharedData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/* Six configurations of real repositories; the expectations were written from the files by eye. */
@NeedsSharedData
class McpConfigSharedFilesTest {

  @Test
  void everyServerOfTheRealFilesIsRead() throws IOException {
    Map<String, List<String>> found = new TreeMap<>();
    List<Gap> gaps = new ArrayList<>();
    Source source = FileTree.of(SharedData.path("mcp-configs"), ScanLimits.DEFAULT);
    McpConfigJsonExtractor extractor = new McpConfigJsonExtractor(Fingerprints.NONE);
    for (FileEntry entry : source.list().files()) {
      if (extractor.wants(entry)) {
        Extraction extraction = extractor.extract(source.open(entry));
        found.put(
            entry.path().replaceFirst("/.*/", "/…/"),
            extraction.inventory().servers().stream().map(McpConfigSharedFilesTest::line).toList());
        gaps.addAll(extraction.gaps());
      }
    }

    assertThat(found)
        .isEqualTo(
            Map.of(
                "Homebrew+brew/…/mcp.json", List.of("vscode Homebrew: brew mcp-server"),
                "cline+cline/…/cline_mcp_settings.json", List.of(),
                "dotnet+core/…/mcp.json",
                    List.of("copilot-cli github-agentic-workflows: gh aw mcp-server"),
                "msaad00+agent-bom/…/mcp.json",
                    List.of(
                        "cursor research-filesystem: python services/research-mcp/server.py"
                            + " OPENAI_API_KEY=REFERENCE VECTOR_DB_TOKEN=REFERENCE",
                        "cursor browser-helper: node services/browser-helper/server.js"
                            + " BROWSER_SESSION_TOKEN=REFERENCE"),
                "snyk+agent-scan/…/.mcp.json",
                    List.of("claude-code canary-project-fixture-mcp: echo fixture"),
                "snyk+agent-scan/…/mcp.json",
                    List.of(
                        "mcp Weather: uv run python tests/mcp_servers/weather_server.py",
                        "mcp Math: uv run python tests/mcp_servers/math_server.py",
                        "mcp Invalid: uv run python -c 'raise Exception(\"Invalid Server\")'",
                        "mcp Snyk: ~/Library/Application Support/snyk/vscode-cli/snyk-macos-arm64"
                            + " mcp -t stdio SNYK_API=PLAIN TRUSTED_FOLDERS=PLAIN"
                            + " IDE_CONFIG_PATH=PLAIN")));
    assertThat(gaps).isEmpty();
  }

  private static String line(McpServer server) {
    StringBuilder out = new StringBuilder(server.agent().kind() + " " + server.name() + ":");
    if (server.endpoint() instanceof Endpoint.Local(String command, List<String> args, String _)) {
      out.append(' ').append(command);
      args.forEach(argument -> out.append(' ').append(argument));
    }
    for (Credential credential : server.settings().credentials()) {
      out.append(' ').append(credential.name()).append('=').append(credential.form());
    }
    return out.toString();
  }
}
