// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Yaml;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.secrets.Fingerprints;
import java.io.IOException;
import java.util.Set;

/// Reads the configurations of MCP clients that are YAML: Goose, Continue, Aider, the Docker MCP
/// Toolkit.
///
/// Which files they are is written in [McpClients]. Servers keep the order of the file. Commands
/// and addresses are recorded as written, secret values replaced by `***`, and never run, expanded
/// or resolved. An entry that cannot be understood becomes a gap and the rest is still read.
public final class McpConfigYamlExtractor implements Extractor {

  private static final PluginId ID = new PluginId("mcp-config-yaml");
  private static final Set<String> EXTENSIONS = Set.of("yaml", "yml");

  private final Fingerprints fingerprints;

  public McpConfigYamlExtractor(Fingerprints fingerprints) {
    this.fingerprints = fingerprints;
  }

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return McpConfigFile.isWanted(file, EXTENSIONS);
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Node root = Yaml.read(file.bytes(), Limits.SCAN);
    return DockerToolkit.isRegistry(file.entry())
        ? DockerToolkit.read(file, root, fingerprints)
        : McpConfigFile.read(file.entry(), root, fingerprints);
  }
}
