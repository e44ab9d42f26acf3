// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.osv;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// One package of a record and the versions of it that are affected.
///
/// @param coordinate the package
/// @param ranges in the order of the record
/// @param versions the versions listed one by one
/// @param vectors CVSS vectors that hold for this package only
public record Affected(
    Coordinate coordinate, List<OsvRange> ranges, List<String> versions, List<String> vectors) {

  /// A package as a record names it.
  ///
  /// @param ecosystem without what follows the colon
  /// @param release what follows the first colon of the ecosystem (`8` of `AlmaLinux:8`), or empty
  /// @param name as written
  public record Coordinate(String ecosystem, String release, String name) {
    public Coordinate {
      requireNonNull(ecosystem, "ecosystem");
      requireNonNull(release, "release");
      requireNonNull(name, "name");
    }
  }

  public Affected {
    requireNonNull(coordinate, "coordinate");
    ranges = List.copyOf(ranges);
    versions = List.copyOf(versions);
    vectors = List.copyOf(vectors);
  }
}
