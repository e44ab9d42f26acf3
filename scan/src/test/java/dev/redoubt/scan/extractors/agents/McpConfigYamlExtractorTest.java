// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Agent;
import dev.redoubt.model.Endpoint;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.Location;
import dev.redoubt.model.McpServer;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.engine.FileTree;
import dev.redoubt.scan.engine.ScanLimits;
import dev.redoubt.secrets.Fingerprints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class McpConfigYamlExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new McpConfigYamlExtractor(Fingerprints.NONE);
  }

  @Override
  protected String wantedPath() {
    return ".goose/config.yaml";
  }

  @Test
  void aToolkitWithoutCataloguesStillListsItsServers(@TempDir Path project) throws IOException {
    String path = ".docker/mcp/registry.yaml";
    String content = "registry:\n  box:\n    ref: ''\n";
    Path file = project.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content, UTF_8);

    Agent agent = new Agent("Docker MCP Toolkit", "docker-mcp-toolkit", path);
    assertThat(
            extractor()
                .extract(
                    FileTree.of(project, ScanLimits.DEFAULT)
                        .open(new FileEntry(path, content.length()))))
        .isEqualTo(
            new Extraction(
                new Inventory(
                    List.of(),
                    List.of(agent),
                    List.of(
                        new McpServer(
                            "box",
                            agent,
                            new Endpoint.Unknown(),
                            null,
                            new McpServer.Settings(true, List.of(), List.of(), List.of()),
                            new Location(path, 2))),
                    List.of()),
                List.of(
                    new Gap(
                        path,
                        2,
                        "no catalogue beside it describes server \"box\"",
                        "update the catalogues or remove the server, and scan again"))));
  }
}
