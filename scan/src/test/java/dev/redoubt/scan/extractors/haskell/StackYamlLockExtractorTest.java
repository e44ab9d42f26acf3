// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.haskell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.extractors.lock.RealFile;
import dev.redoubt.testkit.NeedsSharedData;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackYamlLockExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new StackYamlLockExtractor();
  }

  @Override
  protected String wantedPath() {
    return "stack.yaml.lock";
  }

  /* The counts come from a reader of its own, written in another language. */
  @NeedsSharedData
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          anchore+grype/test/integration/testdata/image-debian-match-coverage/haskell/stack.yaml.lock, 9, 0, 0, 1
          anchore+syft/syft/pkg/cataloger/haskell/testdata/stack.yaml.lock, 10, 0, 0, 1
          """)
  void realFilesHaveWhatAnotherReaderCounts(
      String project, long packages, long direct, long edges, long gaps) throws IOException {
    assertThat(RealFile.of(extractor(), project))
        .isEqualTo(new RealFile(packages, direct, edges, gaps));
  }
}
