// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.thresholds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Purl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingKeyTest {

  @ParameterizedTest
  @CsvSource({
    "pkg:npm/%40scope/name@1.0.0, pkg:npm/%40scope/name",
    "pkg:maven/g/a@1?type=zip#p, pkg:maven/g/a"
  })
  void versionsOfOnePackageHaveOneText(String purl, String text) {
    assertThat(FindingKey.withoutVersion(Purl.parse(purl))).isEqualTo(text);
  }

  @Test
  void aPurlThatNeedsAQualifierHasATextToo() {
    Purl purl = Purl.parse("pkg:julia/Example@0.5.3?uuid=7876af07-990d-54b4-ab0e-23690620f79a");

    assertThat(FindingKey.withoutVersion(purl)).isEqualTo("pkg:julia/Example");
  }
}
