// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.cran;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.extractors.lock.RealFile;
import dev.redoubt.testkit.NeedsSharedData;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenvLockExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new RenvLockExtractor();
  }

  @Override
  protected String wantedPath() {
    return "renv.lock";
  }

  /* The counts come from a reader of its own, written in another language. */
  @NeedsSharedData
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          r-lib+pkgdepends/tests/testthat/fixtures/scan/project-2/renv.lock, 0, 0, 0, 1
          """)
  void realFilesHaveWhatAnotherReaderCounts(
      String project, long packages, long direct, long edges, long gaps) throws IOException {
    assertThat(RealFile.of(extractor(), project))
        .isEqualTo(new RealFile(packages, direct, edges, gaps));
  }
}
