// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.secrets.Fingerprints;
import java.io.IOException;
import java.util.Set;

/// Reads the configurations of MCP clients that are JSON, with comments and trailing commas.
///
/// Which files they are is written in [McpClients]. Servers keep the order of the file. Commands
/// and addresses are recorded as written, secret values replaced by `***`, and never run, expanded
/// or resolved. An entry that cannot be understood becomes a gap and the rest is still read.
public final class McpConfigJsonExtractor implements Extractor {

  private static final PluginId ID = new PluginId("mcp-config-json");
  private static final Set<String> EXTENSIONS = Set.of("json", "jsonc");

  private final Fingerprints fingerprints;

  public McpConfigJsonExtractor(Fingerprints fingerprints) {
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
    return McpConfigFile.read(file.entry(), Json.read(file.bytes(), Limits.SCAN), fingerprints);
  }
}
