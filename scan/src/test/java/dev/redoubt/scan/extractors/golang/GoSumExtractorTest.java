// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.golang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Gap;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoSumExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new GoSumExtractor();
  }

  @Override
  protected String wantedPath() {
    return "go.sum";
  }

  @Test
  void aGoModWithoutAGoLineIsOlderThanGo117() throws IOException {
    Extraction extraction =
        extract(
            Map.of(
                "go.mod", "module example.org/a\n",
                "go.sum", "example.org/dep v1.0.0 h1:AAAA=\n"));

    assertThat(extraction.inventory().components()).hasSize(1);
  }

  @Test
  void aModuleWithoutANameCostsOnlyItsLine() throws IOException {
    Extraction extraction =
        extract("/ v1.0.0 h1:AAAA=\nexample.org/dep v1.0.0 h1:AAAA=\n> v1 h1:B=\n");

    assertThat(extraction.inventory().components()).hasSize(2);
    assertThat(extraction.gaps()).extracting(Gap::line).containsExactly(1);
  }
}
