// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.swift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.extractors.lock.RealFile;
import dev.redoubt.testkit.NeedsSharedData;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwiftPackageResolvedExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new SwiftPackageResolvedExtractor();
  }

  @Override
  protected String wantedPath() {
    return "Package.resolved";
  }

  /* The counts come from a reader of its own, written in another language. */
  @NeedsSharedData
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          anchore+syft/syft/pkg/cataloger/swift/testdata/Package.resolved, 5, 0, 0, 0
          aquasecurity+trivy/pkg/fanal/analyzer/language/swift/swift/testdata/happy/Package.resolved, 3, 0, 0, 0
          dependabot+dependabot-core/swift/spec/fixtures/projects/conflicts/Package.resolved, 18, 0, 0, 0
          google+osv-scanner/cmd/osv-scanner/scan/source/testdata/locks-scalibr/Package.resolved, 2, 0, 0, 0
          jeremylong+DependencyCheck/core/src/test/resources/swift/spmV3/Package.resolved, 3, 0, 0, 0
          microsoft+component-detection/test/Microsoft.ComponentDetection.VerificationTests/resources/swift/Package.resolved, 6, 0, 0, 0
          """)
  void realFilesHaveWhatAnotherReaderCounts(
      String project, long packages, long direct, long edges, long gaps) throws IOException {
    assertThat(RealFile.of(extractor(), project))
        .isEqualTo(new RealFile(packages, direct, edges, gaps));
  }
}
