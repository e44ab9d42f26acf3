// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CyclonedxReportTest extends ReportContract {

  @Override
  ReportFormat format() {
    return new CyclonedxReport();
  }

  @Override
  String extension() {
    return "json";
  }

  @Test
  void everyReportFollowsTheSchema() {
    for (ScanReport report :
        List.of(SampleReport.full(), SampleReport.reproducible(), SampleReport.empty())) {
      assertThat(
              OfficialSchemas.violations(
                  OfficialSchemas.CYCLONEDX, SampleReport.text(format(), report)))
          .isEmpty();
    }
  }

  @Test
  void theSchemaCatchesAWrongWord() {
    String json = SampleReport.text(format(), SampleReport.full());
    assertThat(
            OfficialSchemas.violations(
                OfficialSchemas.CYCLONEDX, json.replace("\"SHA-512\"", "\"SHA-513\"")))
        .isNotEmpty();
  }
}
