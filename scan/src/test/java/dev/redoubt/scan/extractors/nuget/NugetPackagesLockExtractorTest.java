// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.nuget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.extractors.lock.RealFile;
import dev.redoubt.testkit.NeedsSharedData;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NugetPackagesLockExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new NugetPackagesLockExtractor();
  }

  @Override
  protected String wantedPath() {
    return "packages.lock.json";
  }

  /* The counts come from a reader of its own, written in another language. */
  @NeedsSharedData
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          CycloneDX+cdxgen/test/data/packages.lock.json, 14, 14, 0, 0
          anchore+syft/syft/pkg/cataloger/dotnet/testdata/image-net8-app/src/packages.lock.json, 51, 2, 96, 0
          aquasecurity+trivy/pkg/fanal/analyzer/language/dotnet/nuget/testdata/lock/packages.lock.json, 2, 2, 1, 0
          google+osv-scanner/cmd/osv-scanner/scan/source/testdata/locks-scalibr/packages.lock.json, 1, 1, 0, 0
          renovatebot+renovate/lib/modules/manager/nuget/__fixtures__/three-two-linear-references/three/packages.lock.json, 1, 1, 0, 0
          """)
  void realFilesHaveWhatAnotherReaderCounts(
      String project, long packages, long direct, long edges, long gaps) throws IOException {
    assertThat(RealFile.of(extractor(), project))
        .isEqualTo(new RealFile(packages, direct, edges, gaps));
  }
}
