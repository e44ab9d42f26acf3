// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/// Advisories a scan was matched against.
///
/// @param ecosystem the OSV name
/// @param records how many
/// @param asOf the newest change among them, ISO 8601, or null when not known
/// @param source where they came from
public record AdvisorySource(String ecosystem, long records, @Nullable String asOf, String source) {
  public AdvisorySource {
    requireNonNull(ecosystem, "ecosystem");
    requireNonNull(source, "source");
  }
}
