// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.rubygems;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.extractors.lock.RealFile;
import dev.redoubt.testkit.NeedsSharedData;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GemfileLockExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new GemfileLockExtractor();
  }

  @Override
  protected String wantedPath() {
    return "Gemfile.lock";
  }

  /* The counts come from a reader of its own, written in another language. */
  @NeedsSharedData
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          CycloneDX+cdxgen/test/data/Gemfile.lock, 140, 42, 199, 0
          Homebrew+brew/docs/Gemfile.lock, 81, 14, 90, 0
          anchore+syft/cmd/syft/internal/test/integration/testdata/image-pkg-coverage/pkgs/ruby/Gemfile.lock, 51, 14, 68, 1
          dependabot+dependabot-core/updater/Gemfile.lock, 121, 53, 164, 0
          erlef-cna+website/Gemfile.lock, 43, 7, 45, 0
          google+osv-scanner/docs/Gemfile.lock, 51, 13, 59, 0
          mitre+heimdall2/libs/inspecjs/Gemfile.lock, 229, 1, 469, 0
          """)
  void realFilesHaveWhatAnotherReaderCounts(
      String project, long packages, long direct, long edges, long gaps) throws IOException {
    assertThat(RealFile.of(extractor(), project))
        .isEqualTo(new RealFile(packages, direct, edges, gaps));
  }
}
