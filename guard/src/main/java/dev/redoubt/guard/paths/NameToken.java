// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import java.util.List;

/// One piece of a [NamePattern].
sealed interface NameToken {

  /// Exactly this code point.
  record Literal(int c) implements NameToken {}

  /// Any one code point: `?`.
  record One() implements NameToken {}

  /// Any number of code points: `*`.
  record Run() implements NameToken {}

  /// One code point out of a set: `[a-z]`.
  ///
  /// @param ranges what the set names
  /// @param sense whether the code point has to be in the set or outside of it
  record OneOf(List<Range> ranges, Sense sense) implements NameToken {
    public OneOf {
      ranges = List.copyOf(ranges);
    }

    /// Returns whether `c` is one that is meant.
    boolean contains(int c) {
      for (Range range : ranges) {
        if (c >= range.from() && c <= range.to()) {
          return sense == Sense.INSIDE;
        }
      }
      return sense == Sense.OUTSIDE;
    }
  }

  /// The code points from one to another, both included.
  record Range(int from, int to) {}

  /// On which side of a set a code point has to be.
  enum Sense {
    INSIDE,
    OUTSIDE
  }
}
