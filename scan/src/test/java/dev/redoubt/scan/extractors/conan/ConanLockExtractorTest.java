// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.conan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.extractors.lock.RealFile;
import dev.redoubt.testkit.NeedsSharedData;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConanLockExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new ConanLockExtractor();
  }

  @Override
  protected String wantedPath() {
    return "conan.lock";
  }

  /* The counts come from a reader of its own, written in another language. */
  @NeedsSharedData
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          aquasecurity+trivy/integration/testdata/fixtures/repo/conan/conan.lock, 7, 1, 7, 0
          microsoft+component-detection/test/Microsoft.ComponentDetection.VerificationTests/resources/conan/conanPythonFile/conan.lock, 6, 2, 3, 0
          """)
  void realFilesHaveWhatAnotherReaderCounts(
      String project, long packages, long direct, long edges, long gaps) throws IOException {
    assertThat(RealFile.of(extractor(), project))
        .isEqualTo(new RealFile(packages, direct, edges, gaps));
  }
}
