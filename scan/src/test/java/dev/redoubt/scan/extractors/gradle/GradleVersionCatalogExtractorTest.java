// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.gradle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Gap;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class GradleVersionCatalogExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new GradleVersionCatalogExtractor();
  }

  @Override
  protected String wantedPath() {
    return "gradle/libs.versions.toml";
  }

  @Test
  void aReferenceToItselfIsAGapAndEnds() throws IOException {
    assertThat(
            extract(
                    """
                    [versions]
                    a = { ref = "a" }
                    [libraries]
                    b = { module = "g:b", version.ref = "a" }
                    """)
                .gaps())
        .containsExactly(
            new Gap(
                "gradle/libs.versions.toml",
                4,
                "g:b has no version",
                "turn on dependency locking and run gradle dependencies --write-locks"));
  }
}
