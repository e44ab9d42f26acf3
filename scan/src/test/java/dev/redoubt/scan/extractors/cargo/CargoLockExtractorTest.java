// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CargoLockExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new CargoLockExtractor();
  }

  @Override
  protected String wantedPath() {
    return "Cargo.lock";
  }

  @Test
  void aPackageWithoutAVersionIsAGapAndTheRestIsRead() throws IOException {
    Extraction extraction =
        extract(
            """
            [[package]]
            name = "nameless"
            source = "registry+https://index.example"

            [[package]]
            name = "itoa"
            version = "1.0.9"
            source = "registry+https://index.example"
            """);

    assertThat(extraction.inventory().components().stream().map(Component::purl).toList())
        .hasToString("[pkg:cargo/itoa@1.0.9]");
    assertThat(extraction.gaps())
        .isEqualTo(
            List.of(
                new Gap(
                    "Cargo.lock",
                    1,
                    "a package without a name or a version",
                    "run cargo generate-lockfile")));
  }
}
