// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/// How bad and how likely to be used a weakness is, as far as the data says.
///
/// @param severity the band; malicious packages count as critical
/// @param score the CVSS base score, 0.0 to 10.0, or null when there is no vector
/// @param exploited true when the CISA KEV catalogue lists it
/// @param epss the EPSS probability of exploitation in the next 30 days, 0.0 to 1.0, or null
public record Rating(
    Severity severity, @Nullable Double score, boolean exploited, @Nullable Double epss) {
  public Rating {
    requireNonNull(severity, "severity");
  }

  /// Returns a rating by band alone, for rules that have no CVSS vector.
  public static Rating of(Severity severity) {
    return new Rating(severity, null, false, null);
  }
}
