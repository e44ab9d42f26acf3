// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpdxReportTest extends ReportContract {

  @Override
  ReportFormat format() {
    return new SpdxReport();
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
              OfficialSchemas.violations(OfficialSchemas.SPDX, SampleReport.text(format(), report)))
          .isEmpty();
    }
  }

  @Test
  void theSchemaCatchesAWrongWord() {
    String json = SampleReport.text(format(), SampleReport.full());
    assertThat(
            OfficialSchemas.violations(
                OfficialSchemas.SPDX, json.replace("\"DEPENDS_ON\"", "\"DEPENDS\"")))
        .isNotEmpty();
  }
}
