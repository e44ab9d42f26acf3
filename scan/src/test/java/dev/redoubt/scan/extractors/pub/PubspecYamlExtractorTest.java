// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.pub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PubspecYamlExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new PubspecYamlExtractor();
  }

  @Override
  protected String wantedPath() {
    return "pubspec.yaml";
  }

  @Test
  void besideALockItAddsNothing() throws IOException {
    assertThat(extract(Map.of("pubspec.yaml", "dependencies:\n  http: any\n", "pubspec.lock", "")))
        .isEqualTo(Extraction.EMPTY);
  }
}
