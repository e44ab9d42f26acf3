// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionShapeTest {

  @ParameterizedTest
  @CsvSource({
    "npm,1.2.3,true",
    "npm,v1.2.3-rc.1+build,true",
    "npm,1,true",
    "npm,latest,false",
    "npm,~1.2,false",
    "Go,0.0.0-20190308221718-c2843e01d9a2,true",
    "Go,1.20rc1,true",
    "Go,0123456789ab,false",
    "PyPI,1!2.0.post1,true",
    "PyPI,2019b3,true",
    "PyPI,main,false",
    "PyPI,0123456789abcdef0123456789abcdef01234567,false",
    "RubyGems,1.6.0-java,true",
    "Maven,r03,true",
    "Packagist,dev-master,true",
    "Debian,1:2.0-1~deb12u1,true",
    "crates.io,not-a-version,false"
  })
  void aVersionIsToldFromWhatIsNone(String ecosystem, String text, boolean fits) {
    assertThat(VersionShape.of(ecosystem).fits(text)).isEqualTo(fits);
  }
}
