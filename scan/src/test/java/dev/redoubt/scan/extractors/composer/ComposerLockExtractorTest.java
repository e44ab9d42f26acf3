// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.composer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.extractors.lock.RealFile;
import dev.redoubt.testkit.NeedsSharedData;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComposerLockExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new ComposerLockExtractor();
  }

  @Override
  protected String wantedPath() {
    return "composer.lock";
  }

  /* The counts come from a reader of its own, written in another language. */
  @NeedsSharedData
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          G-Rath+osv-detector/testdata/locks-many/composer.lock, 1, 0, 0, 0
          anchore+syft/syft/pkg/cataloger/php/testdata/composer.lock, 4, 0, 1, 0
          aquasecurity+trivy/integration/testdata/fixtures/repo/composer/composer.lock, 2, 0, 1, 0
          dependabot+dependabot-core/composer/spec/fixtures/projects/replaced_dependency/composer.lock, 68, 0, 98, 0
          google+osv-scanner/cmd/osv-scanner/scan/source/testdata/locks-insecure/composer.lock, 1, 0, 0, 0
          jeremylong+DependencyCheck/core/src/test/resources/composer.lock, 30, 0, 38, 0
          """)
  void realFilesHaveWhatAnotherReaderCounts(
      String project, long packages, long direct, long edges, long gaps) throws IOException {
    assertThat(RealFile.of(extractor(), project))
        .isEqualTo(new RealFile(packages, direct, edges, gaps));
  }
}
