// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.api;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/// Where the agents of one user keep their files: the only files that a scan of the machine looks
/// at.
///
/// @param places in no particular order
public record MachinePaths(List<Place> places) {

  public MachinePaths {
    places = List.copyOf(places);
  }

  /// Files below one folder.
  ///
  /// @param folder an absolute folder, existing or not
  /// @param shownAs what reports write in the place of `folder`, with a trailing `/`: `~/` for the
  ///   home
  /// @param pattern a path relative to `folder`; a segment `*` stands for any one name, `*.yaml`
  ///   for one that ends so
  public record Place(Path folder, String shownAs, String pattern) {
    public Place {
      requireNonNull(folder, "folder");
      requireNonNull(shownAs, "shownAs");
      requireNonNull(pattern, "pattern");
    }
  }
}
