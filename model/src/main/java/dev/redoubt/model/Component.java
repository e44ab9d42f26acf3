// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// A package at a version, as a lock file, manifest, SBOM or launcher command names it.
///
/// The root project, workspace members, links and local path packages are not components.
///
/// @param purl the identity; without a version when the requirement is not pinned
/// @param scope what it is needed for
/// @param relation whether the project itself asks for it
/// @param locations where it was found, at least one
/// @param hashes the integrity hashes stated for it
/// @param dependsOn the components it asks for, resolved to what the same file installs
public record Component(
    Purl purl,
    Scope scope,
    Relation relation,
    List<Location> locations,
    List<Hash> hashes,
    List<Purl> dependsOn) {

  public Component {
    requireNonNull(purl, "purl");
    requireNonNull(scope, "scope");
    requireNonNull(relation, "relation");
    locations = List.copyOf(locations);
    hashes = List.copyOf(hashes);
    dependsOn = List.copyOf(dependsOn);
  }

  /// Returns the component found at one place, with no hashes and no dependencies known.
  public static Component of(Purl purl, Scope scope, Relation relation, Location location) {
    return new Component(purl, scope, relation, List.of(location), List.of(), List.of());
  }
}
