// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.intake;

import static java.util.Objects.requireNonNull;

import dev.redoubt.advisory.database.Source;
import java.util.List;

/// What an import did.
///
/// @param source the name under which its records are kept
/// @param records how many records were read
/// @param withoutPackage how many of them name no package, only commits, and so can never match
/// @param rejected what could not be read
/// @param ecosystems what was published, sorted by name
/// @param warnings what a person should know beside that
public record ImportReport(
    String source,
    int records,
    int withoutPackage,
    Source.Rejected rejected,
    List<Published> ecosystems,
    List<String> warnings) {

  /// One published file.
  ///
  /// @param records of this source in it
  /// @param total of all sources
  /// @param bytes the size of the file
  public record Published(String ecosystem, int records, int total, long bytes) {}

  public ImportReport {
    requireNonNull(source, "source");
    requireNonNull(rejected, "rejected");
    ecosystems = List.copyOf(ecosystems);
    warnings = List.copyOf(warnings);
  }
}
