// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A place in a scanned file.
///
/// @param path the file, relative to what was scanned, with `/`; a file of the machine's own agents
///   starts with `~/`
/// @param line the line, counted from 1, or null when the format has none
public record Location(String path, @Nullable Integer line) implements Comparable<Location> {

  private static final Comparator<Location> ORDER =
      Comparator.comparing(Location::path)
          .thenComparing(Location::line, Comparator.nullsFirst(Comparator.naturalOrder()));

  public Location {
    requireNonNull(path, "path");
    if (line != null && line < 1) {
      throw new IllegalArgumentException("line %d of \"%s\" is below 1".formatted(line, path));
    }
  }

  @Override
  public int compareTo(Location other) {
    return ORDER.compare(this, other);
  }

  /// Returns `path:line`, or only the path when there is no line.
  @Override
  public String toString() {
    return line == null ? path : path + ":" + line;
  }
}
