// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

class MarkdownReportTest extends ReportContract {

  @Override
  ReportFormat format() {
    return new MarkdownReport();
  }

  @Override
  String extension() {
    return "md";
  }
}
