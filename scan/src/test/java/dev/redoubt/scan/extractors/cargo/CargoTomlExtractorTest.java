// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CargoTomlExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new CargoTomlExtractor();
  }

  @Override
  protected String wantedPath() {
    return "Cargo.toml";
  }

  @Test
  void aManifestBesideALockAddsNothing() throws IOException {
    assertThat(extract(Map.of("Cargo.toml", "[dependencies]\nserde = \"1\"\n", "Cargo.lock", "")))
        .isEqualTo(Extraction.EMPTY);
  }
}
