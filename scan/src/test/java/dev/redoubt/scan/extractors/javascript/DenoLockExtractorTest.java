// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DenoLockExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new DenoLockExtractor();
  }

  @Override
  protected String wantedPath() {
    return "deno.lock";
  }

  @Test
  void anEmptyLockHoldsNothing() throws IOException {
    assertThat(extract("{}")).isEqualTo(Extraction.EMPTY);
  }
}
