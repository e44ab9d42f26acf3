// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import static dev.redoubt.advisory.database.Records.osv;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.advisory.database.Severities.Judgement;
import dev.redoubt.advisory.osv.OsvRecord;
import dev.redoubt.model.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeveritiesTest {

  private static final String V4 = // 6.9
      "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N";
  private static final String V31_CRITICAL = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
  private static final String V31_MEDIUM = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N";
  private static final String V2 = "AV:N/AC:L/Au:N/C:C/I:C/A:C";

  @Test
  void theNewestVersionOfCvssWinsInAnyOrder() {
    assertThat(Severities.of(List.of(V31_CRITICAL, V4, V2), List.of()))
        .isEqualTo(new Judgement(Severity.MEDIUM, 6.9, V4));
    assertThat(Severities.of(List.of(V2, V31_MEDIUM), List.of()))
        .isEqualTo(new Judgement(Severity.MEDIUM, 5.3, V31_MEDIUM));
    assertThat(Severities.of(List.of(V2), List.of()))
        .isEqualTo(new Judgement(Severity.CRITICAL, 10.0, V2));
  }

  @Test
  void amongVectorsOfOneVersionTheWorstWins() {
    assertThat(Severities.of(List.of(V31_MEDIUM, V31_CRITICAL, V31_MEDIUM), List.of()))
        .isEqualTo(new Judgement(Severity.CRITICAL, 9.8, V31_CRITICAL));
  }

  @Test
  void aBrokenVectorCountsForNothing() {
    assertThat(Severities.of(List.of("CVSS:4.0/AV:N", V31_MEDIUM), List.of()))
        .isEqualTo(new Judgement(Severity.MEDIUM, 5.3, V31_MEDIUM));
  }

  @ParameterizedTest
  @CsvSource({
    "CRITICAL, CRITICAL",
    "high, HIGH",
    "Moderate, MEDIUM",
    "MEDIUM, MEDIUM",
    "low, LOW",
    "whatever, UNKNOWN"
  })
  void theWordOfTheSourceGivesABandWithoutAScore(String label, Severity expected) {
    assertThat(Severities.of(List.of(), List.of(labelled(label))))
        .isEqualTo(new Judgement(expected, null, null));
  }

  @Test
  void withoutAnythingItIsUnknownNeverLow() {
    assertThat(Severities.of(List.of(), List.of(osv("{'id': 'A'}"))))
        .isEqualTo(new Judgement(Severity.UNKNOWN, null, null));
  }

  private static OsvRecord labelled(String label) {
    return osv("{'id': 'A', 'database_specific': {'severity': '%s'}}".formatted(label));
  }
}
