// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.rubygems;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GemfileExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new GemfileExtractor();
  }

  @Override
  protected String wantedPath() {
    return "Gemfile";
  }

  @Test
  void besideALockItAddsNothing() throws IOException {
    assertThat(extract(Map.of("Gemfile", "gem \"rack\"\n", "Gemfile.lock", "")))
        .isEqualTo(Extraction.EMPTY);
  }
}
