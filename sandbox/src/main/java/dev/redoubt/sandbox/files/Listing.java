// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// What is in a folder.
///
/// @param entries in the order of their names
/// @param complete whether these are all; a very large folder is cut
public record Listing(List<Entry> entries, boolean complete) {

  public Listing {
    entries = List.copyOf(entries);
  }

  /// One name.
  ///
  /// @param size in bytes, of a file
  public record Entry(String name, Kind kind, long size) {
    public Entry {
      requireNonNull(name, "name");
      requireNonNull(kind, "kind");
    }
  }

  /// What a name stands for.
  public enum Kind {
    FILE,
    FOLDER,
    LINK,
    /// A device, pipe or socket.
    SPECIAL
  }
}
