// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// What a search found.
///
/// @param lines in the order of paths and lines
/// @param complete whether these are all
/// @param hidden how many files were left out because they may not be read
public record Matches(List<Line> lines, boolean complete, int hidden) {

  public Matches {
    lines = List.copyOf(lines);
  }

  /// One line.
  ///
  /// @param path from the folder that was searched, with `/`
  /// @param number 1 for the first line
  /// @param text at most the first 400 characters of it
  public record Line(String path, int number, String text) {
    public Line {
      requireNonNull(path, "path");
      requireNonNull(text, "text");
    }
  }
}
