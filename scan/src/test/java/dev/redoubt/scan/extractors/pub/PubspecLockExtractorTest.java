// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.pub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.extractors.lock.RealFile;
import dev.redoubt.testkit.NeedsSharedData;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PubspecLockExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new PubspecLockExtractor();
  }

  @Override
  protected String wantedPath() {
    return "pubspec.lock";
  }

  /* The counts come from a reader of its own, written in another language. */
  @NeedsSharedData
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          CycloneDX+cdxgen/test/data/pubspec.lock, 25, 3, 0, 0
          anchore+syft/cmd/syft/internal/test/integration/testdata/image-pkg-coverage/pkgs/dart/pubspec.lock, 6, 1, 0, 0
          dependabot+dependabot-core/pub/spec/fixtures/projects/constraints/pubspec.lock, 49, 2, 0, 0
          jeremylong+DependencyCheck/core/src/test/resources/dart/pubspec.lock, 4, 2, 0, 0
          """)
  void realFilesHaveWhatAnotherReaderCounts(
      String project, long packages, long direct, long edges, long gaps) throws IOException {
    assertThat(RealFile.of(extractor(), project))
        .isEqualTo(new RealFile(packages, direct, edges, gaps));
  }
}
