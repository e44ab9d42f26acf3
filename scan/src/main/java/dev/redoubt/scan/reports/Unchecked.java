// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Gap;
import java.util.List;

/// The ecosystems whose packages were found and could not be looked up.
final class Unchecked {

  private static final String REASON = "no advisories for ";

  private static final String NOT_CHECKED = "vulnerabilities not checked";

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

  /// Returns the reason of the verdict, with what was not checked when it does not say so itself.
  static String verdict(ScanReport report) {
    String reason = report.judgement().verdict().reason();
    List<String> ecosystems = ecosystems(report);
    return ecosystems.isEmpty() || reason.contains(NOT_CHECKED)
        ? reason
        : "%s; %s for %s".formatted(reason, NOT_CHECKED, String.join(", ", ecosystems));
  }
}
