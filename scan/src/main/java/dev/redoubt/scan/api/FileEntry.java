// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.api;

import static java.util.Objects.requireNonNull;

/// A regular file that was come across, before anything of it is read.
///
/// @param path relative to what is scanned, with `/`; a file of the machine's own agents starts
///   with `~/`
/// @param size in bytes
public record FileEntry(String path, long size) {

  public FileEntry {
    requireNonNull(path, "path");
  }

  /// Returns the last segment of the path.
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// Returns the folder, without a trailing `/`; empty for a file at the top.
  public String folder() {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
