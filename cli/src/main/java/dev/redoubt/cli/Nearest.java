// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds the word a person probably meant.
public final class Nearest {

  private Nearest() {}

  /// Returns the word of `words` that is fewest edits away from `typed`, if that is at most a third
  /// of its length and at least one edit is allowed.
  public static Optional<String> to(String typed, List<String> words) {
    return words.stream()
        .filter(word -> distance(typed, word) <= Math.max(1, word.length() / 3))
        .min(Comparator.comparingInt((String word) -> distance(typed, word)));
  }

  /* Levenshtein distance, one row at a time. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
