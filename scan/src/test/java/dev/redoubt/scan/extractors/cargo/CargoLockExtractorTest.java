// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.extractors.lock.RealFile;
import dev.redoubt.testkit.NeedsSharedData;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /* The counts come from a reader of its own, written in another language. */
  @NeedsSharedData
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          NVIDIA+OpenShell/Cargo.lock, 737, 117, 2456, 0
          NVIDIA+OpenShell/examples/governance-interceptor/Cargo.lock, 252, 28, 545, 0
          aquasecurity+trivy/integration/testdata/fixtures/repo/trivy-ci-test/Cargo.lock, 73, 2, 127, 0
          cline+cline/apps/examples/desktop-app/src-tauri/Cargo.lock, 531, 12, 1713, 0
          cline+cline/apps/examples/menubar/src-tauri/Cargo.lock, 435, 4, 1320, 0
          guacsec+trustify/Cargo.lock, 862, 123, 3043, 0
          spdx+spdx-examples/software/example11/content/src/Cargo.lock, 69, 3, 117, 0
          """)
  void realFilesHaveWhatAnotherReaderCounts(
      String project, long packages, long direct, long edges, long gaps) throws IOException {
    assertThat(RealFile.of(extractor(), project))
        .isEqualTo(new RealFile(packages, direct, edges, gaps));
  }
}
