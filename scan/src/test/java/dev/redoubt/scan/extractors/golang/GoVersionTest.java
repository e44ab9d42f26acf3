// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.golang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoVersionTest {

  @ParameterizedTest
  @CsvSource({
    "v1.9.0, v1.10.0",
    "v1.17, v1.17.1",
    "v1.0.0-rc.1, v1.0.0",
    "v1.0.0-rc.1, v1.0.0-rc.10",
    "v1.0.0-1, v1.0.0-rc",
    "v0.0.0-20230101000000-aaaaaaaaaaaa, v0.0.0-20240101000000-000000000000",
    "v1.99999999999999999999.0, v1.100000000000000000000.0"
  })
  void theSecondIsHigher(String lower, String higher) {
    assertThat(GoVersion.compare(lower, higher)).isNegative();
    assertThat(GoVersion.compare(higher, lower)).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"v1.0.0, v1.0.0", "v2.0.0+incompatible, v2.0.0", "v1.01.0, v1.1.0"})
  void bothAreTheSame(String a, String b) {
    assertThat(GoVersion.compare(a, b)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "v1.2.3, true",
    "v1.2.3-rc.1, true",
    "v2.0.0+incompatible, true",
    "v1.2, false",
    "v1, false",
    "latest, false",
    "master, false",
    "vendor, false",
    "v, false"
  })
  void onlyAFullVersionIsPinned(String version, boolean pinned) {
    assertThat(GoVersion.isPinned(version)).isEqualTo(pinned);
  }
}
