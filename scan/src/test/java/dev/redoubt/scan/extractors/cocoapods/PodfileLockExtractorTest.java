// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.cocoapods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.extractors.lock.RealFile;
import dev.redoubt.testkit.NeedsSharedData;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodfileLockExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new PodfileLockExtractor();
  }

  @Override
  protected String wantedPath() {
    return "Podfile.lock";
  }

  /* The counts come from a reader of its own, written in another language. */
  @NeedsSharedData
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          CycloneDX+cdxgen/test/Podfile.lock, 6, 4, 2, 0
          anchore+syft/syft/pkg/cataloger/swift/testdata/Podfile.lock, 9, 6, 7, 0
          """)
  void realFilesHaveWhatAnotherReaderCounts(
      String project, long packages, long direct, long edges, long gaps) throws IOException {
    assertThat(RealFile.of(extractor(), project))
        .isEqualTo(new RealFile(packages, direct, edges, gaps));
  }
}
