// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.scan;

import dev.redoubt.scan.reports.ScanReport;
import dev.redoubt.scan.thresholds.Judgement;
import java.nio.file.Path;

/// The few lines that stand in for a report that went to a file.
final class Summary {

  private Summary() {}

  static String of(ScanReport report, Path file) {
    Judgement judgement = report.judgement();
    return """
    %d components, %d findings, %d gaps
    report: %s
    verdict: %s
    """
        .formatted(
            report.inventory().components().size(),
            judgement.findings().size(),
            report.coverage().gaps().size(),
            file,
            judgement.verdict().reason());
  }
}
