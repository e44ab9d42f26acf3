// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.testkit.Golden;
import org.junit.jupiter.api.Test;

/// What every format keeps: its name, its golden file, the same bytes twice, and no word of a
/// scanned file as a terminal escape or an invisible character.
abstract class ReportContract {

  /// Returns the format under test.
  abstract ReportFormat format();

  /// Returns the file name extension of its golden file.
  abstract String extension();

  @Test
  void theFullReportIsTheGoldenFile() {
    Golden.check(
        SampleReport.text(format(), SampleReport.full()),
        getClass().getSimpleName() + "/expected." + extension());
  }

  @Test
  void theSameReportGivesTheSameBytes() {
    assertThat(SampleReport.text(format(), SampleReport.reproducible()))
        .isEqualTo(SampleReport.text(format(), SampleReport.reproducible()));
  }

  @Test
  void withoutATimeThereIsNoTime() {
    assertThat(SampleReport.text(format(), SampleReport.reproducible()))
        .doesNotContain(SampleReport.TIME);
  }

  @Test
  void theNameLeadsToTheFormat() {
    assertThat(BuiltInReports.ids()).contains(format().id());
    assertThat(BuiltInReports.named(format().id(), false))
        .hasValueSatisfying(format -> assertThat(format).hasSameClassAs(format()));
  }

  @Test
  void noControlOrInvisibleCharacterGetsThrough() {
    String text = SampleReport.text(format(), SampleReport.full());
    assertThat(text.codePoints().filter(ReportContract::isObeyed)).isEmpty();
  }

  @Test
  void anEmptyReportEndsWithALine() {
    assertThat(SampleReport.text(format(), SampleReport.empty())).isNotBlank().endsWith("\n");
  }

  private static boolean isObeyed(int point) {
    int type = Character.getType(point);
    return (type == Character.CONTROL && point != '\n')
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
