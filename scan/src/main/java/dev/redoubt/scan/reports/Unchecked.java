// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Gap;
import java.util.List;

/// The ecosystems whose packages were found and could not be looked up.
final class Unchecked {

  private static final String REASON = "no advisories for ";

  private Unchecked() {}

  /// Returns their OSV names, in the order of the gaps. While there is one, no report may say that
  /// all is well.
  static List<String> ecosystems(ScanReport report) {
    return report.coverage().gaps().stream()
        .map(Gap::reason)
        .filter(reason -> reason.startsWith(REASON))
        .map(reason -> reason.substring(REASON.length()))
        .distinct()
        .toList();
  }
}
