// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.composer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComposerJsonExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new ComposerJsonExtractor();
  }

  @Override
  protected String wantedPath() {
    return "composer.json";
  }

  @Test
  void besideALockItAddsNothing() throws IOException {
    assertThat(
            extract(
                Map.of(
                    "composer.json", "{\"require\": {\"acme/log\": \"*\"}}", "composer.lock", "")))
        .isEqualTo(Extraction.EMPTY);
  }

  @Test
  void packagesOfPathRepositoriesAreLocal() throws IOException {
    String manifest =
        """
        {
          "require": {"acme/own": "*", "acme/single": "*"},
          "repositories": {"a": {"type": "path", "url": "packages/*"}, "b": {"type": "path", "url": "single"}}
        }
        """;

    assertThat(
            extract(
                Map.of(
                    "composer.json", manifest,
                    "packages/own/composer.json", "{\"name\": \"acme/own\"}",
                    "single/composer.json", "{\"name\": \"acme/single\"}")))
        .isEqualTo(Extraction.EMPTY);
  }
}
