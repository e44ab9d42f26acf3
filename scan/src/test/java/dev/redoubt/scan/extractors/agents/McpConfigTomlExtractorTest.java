// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.secrets.Fingerprints;

class McpConfigTomlExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new McpConfigTomlExtractor(Fingerprints.NONE);
  }

  @Override
  protected String wantedPath() {
    return ".codex/config.toml";
  }
}
