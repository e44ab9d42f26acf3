// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import java.util.List;

/// What the advisories of an ecosystem say about one package at one version.
///
/// @param matches the weaknesses of it, sorted by id
/// @param undecided ids of records that name the package but cannot be compared with the version;
///   while there are any, no match does not mean clean
public record Lookup(List<AdvisoryMatch> matches, List<String> undecided) {

  /// No record names the package.
  public static final Lookup NONE = new Lookup(List.of(), List.of());

  public Lookup {
    matches = List.copyOf(matches);
    undecided = List.copyOf(undecided);
  }
}
