// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.julia;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.extractors.lock.RealFile;
import dev.redoubt.testkit.NeedsSharedData;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JuliaManifestExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new JuliaManifestExtractor();
  }

  @Override
  protected String wantedPath() {
    return "Manifest.toml";
  }

  /* The counts come from a reader of its own, written in another language. */
  @NeedsSharedData
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          aquasecurity+trivy/pkg/fanal/analyzer/language/julia/pkg/testdata/happy/Manifest.toml, 8, 0, 5, 0
          dependabot+dependabot-core/julia/helpers/Manifest.toml, 35, 0, 71, 0
          """)
  void realFilesHaveWhatAnotherReaderCounts(
      String project, long packages, long direct, long edges, long gaps) throws IOException {
    assertThat(RealFile.of(extractor(), project))
        .isEqualTo(new RealFile(packages, direct, edges, gaps));
  }
}
