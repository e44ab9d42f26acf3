// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import java.util.List;
import java.util.function.BiPredicate;

/// Lists of which one entry has to agree, and of which an empty one agrees to everything.
final class Alternatives {

  private Alternatives() {}

  /// Returns whether each entry of `narrow` is covered by one of `wide`.
  static <T> boolean cover(List<T> wide, List<T> narrow, BiPredicate<T, T> covers) {
    if (wide.isEmpty()) {
      return true;
    }
    for (T entry : narrow) {
      boolean covered = false;
      for (T candidate : wide) {
        covered |= covers.test(candidate, entry);
      }
      if (!covered) {
        return false;
      }
    }
    return !narrow.isEmpty();
  }

  /// Returns whether `text` matches one of `patterns`, or there are none. A text that only looks
  /// like a match is a possible one.
  static boolean match(List<TextPattern> patterns, String text, Certainty certainty) {
    for (TextPattern pattern : patterns) {
      if (pattern.matches(text, certainty)
          || (certainty == Certainty.POSSIBLE && looksLike(pattern, text))) {
        return true;
      }
    }
    return patterns.isEmpty();
  }

  private static boolean looksLike(TextPattern pattern, String text) {
    return new TextPattern(Skeleton.of(pattern.compiled()))
        .matches(Skeleton.of(text), Certainty.SURE);
  }
}
