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

  /* Optimal string alignment: insert, delete, replace, or swap two neighbours. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : cheapest(a, b, cost, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(String a, String b, int[][] cost, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int cheapest =
        Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(cheapest, cost[i - 2][j - 2] + 1) : cheapest;
  }
}
