// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Something that was wanted and could not be looked at, resolved or checked.
///
/// A gap is shown beside the result, so that "clean" and "not looked at" never look alike.
///
/// @param path the file or folder, relative to what was scanned, or null when the gap is not about
///   one
/// @param line the line, counted from 1, or null
/// @param reason what could not be done, naming the thing and quoting the value
/// @param hint what would fix it, as one imperative sentence
public record Gap(@Nullable String path, @Nullable Integer line, String reason, String hint)
    implements Comparable<Gap> {

  private static final Comparator<Gap> ORDER =
      Comparator.comparing(Gap::path, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Gap::line, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Gap::reason)
          .thenComparing(Gap::hint);

  public Gap {
    requireNonNull(reason, "reason");
    requireNonNull(hint, "hint");
  }

  /// Returns a gap at `location`.
  public static Gap at(Location location, String reason, String hint) {
    return new Gap(location.path(), location.line(), reason, hint);
  }

  @Override
  public int compareTo(Gap other) {
    return ORDER.compare(this, other);
  }
}
