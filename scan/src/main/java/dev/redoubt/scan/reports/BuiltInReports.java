// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import java.util.List;
import java.util.Optional;

/// The written list of formats.
public final class BuiltInReports {

  private BuiltInReports() {}

  /// Returns the names of all formats, the default first.
  public static List<String> ids() {
    return List.of("console", "json", "sarif", "cyclonedx", "spdx", "markdown", "html");
  }

  /// Returns the format called `id`.
  ///
  /// @param colored whether a format for terminals may use colours
  public static Optional<ReportFormat> named(String id, boolean colored) {
    return named(id, colored, ConsoleReport.USUAL_COLUMNS);
  }

  /// Returns the format called `id`.
  ///
  /// @param colored whether a format for terminals may use colours
  /// @param columns how wide the terminal is
  public static Optional<ReportFormat> named(String id, boolean colored, int columns) {
    return switch (id) {
      case "console" -> Optional.of(new ConsoleReport(colored, columns));
      case "json" -> Optional.of(new JsonReport());
      case "sarif" -> Optional.of(new SarifReport());
      case "cyclonedx" -> Optional.of(new CyclonedxReport());
      case "spdx" -> Optional.of(new SpdxReport());
      case "markdown" -> Optional.of(new MarkdownReport());
      case "html" -> Optional.of(new HtmlReport());
      default -> Optional.empty();
    };
  }
}
