// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.hex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.extractors.lock.RealFile;
import dev.redoubt.testkit.NeedsSharedData;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixLockExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new MixLockExtractor();
  }

  @Override
  protected String wantedPath() {
    return "mix.lock";
  }

  /* The counts come from a reader of its own, written in another language. */
  @NeedsSharedData
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          CycloneDX+cdxgen/test/data/mix.lock, 16, 0, 15, 0
          dependabot+dependabot-core/hex/spec/fixtures/projects/umbrella_sub_projects/mix.lock, 4, 0, 1, 0
          hexpm+hex/mix.lock, 12, 0, 14, 0
          hexpm+hex_solver/mix.lock, 9, 0, 7, 0
          jeremylong+DependencyCheck/core/src/test/resources/elixir/vulnerable/mix.lock, 1, 0, 0, 0
          renovatebot+renovate/lib/modules/manager/mix/__fixtures__/mix.lock, 39, 0, 31, 0
          """)
  void realFilesHaveWhatAnotherReaderCounts(
      String project, long packages, long direct, long edges, long gaps) throws IOException {
    assertThat(RealFile.of(extractor(), project))
        .isEqualTo(new RealFile(packages, direct, edges, gaps));
  }
}
