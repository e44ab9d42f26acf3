// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// What a search found.
///
/// @param lines in the order of paths and lines
/// @param files in the order of paths, unless lines were asked for
/// @param complete whether these are all
/// @param hidden how many files were left out because they may not be read
public record Matches(List<Line> lines, List<File> files, boolean complete, int hidden) {

  public Matches {
    lines = List.copyOf(lines);
    files = List.copyOf(files);
  }

  /// One line.
  ///
  /// @param path from the folder that was searched, with `/`
  /// @param number 1 for the first line
  /// @param text at most the first 400 characters of it
  /// @param around whether the pattern is not in it, but in one near it
  public record Line(String path, int number, String text, boolean around) {
    public Line {
      requireNonNull(path, "path");
      requireNonNull(text, "text");
    }
  }

  /// One file or folder.
  ///
  /// @param path from the folder that was searched, with `/`
  /// @param size in bytes, of a file
  /// @param lines how many lines fit the pattern; 0 when nobody counted
  public record File(String path, Listing.Kind kind, long size, int lines) {
    public File {
      requireNonNull(path, "path");
      requireNonNull(kind, "kind");
    }
  }
}
