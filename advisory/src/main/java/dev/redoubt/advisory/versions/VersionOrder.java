// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

/// The order of versions in one ecosystem.
///
/// Implementations are stateless and safe to share. Every string is a version: what the ecosystem
/// would reject is still given a place, deterministically, so that the order is total.
public interface VersionOrder {

  /// Returns the parsed form of `version`, comparable with what the same order parsed.
  Version parse(String version);

  /// Returns a negative number, zero or a positive number as `a` is below, equal to or above `b`.
  default int compare(String a, String b) {
    return parse(a).compareTo(parse(b));
  }

  /// A parsed version. Compare only versions of the same order; the result against another's is
  /// undefined.
  interface Version extends Comparable<Version> {}
}
