// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import java.io.IOException;

/// One format a finished scan can be written in. Stateless; the same report gives the same text.
public interface ReportFormat {

  /// Returns its name on the command line, in the manner of `sarif`.
  String id();

  /// Writes `report` to `out`. What a scanned file says never reaches `out` as markup or as a
  /// terminal escape.
  void write(ScanReport report, Appendable out) throws IOException;
}
