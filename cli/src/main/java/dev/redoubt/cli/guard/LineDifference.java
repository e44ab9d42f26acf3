// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import java.util.ArrayList;
import java.util.List;

/// The difference of two short texts, line by line, with three lines around each change.
final class LineDifference {

  private static final int AROUND = 3;

  private LineDifference() {}

  /// Returns the lines of both, marked with a blank, `-` or `+`; empty when the texts are equal.
  static List<String> of(String before, String after) {
    List<String> a = before.lines().toList();
    List<String> b = after.lines().toList();
    int[][] common = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        common[i][j] =
            a.get(i).equals(b.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    List<String> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
        lines.add("  " + a.get(i++));
        j++;
      } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add("- " + a.get(i++));
      } else {
        lines.add("+ " + b.get(j++));
      }
    }
    return around(lines);
  }

  private static List<String> around(List<String> lines) {
    List<String> shown = new ArrayList<>();
    int end = -1;
    for (int i = 0; i < lines.size(); i++) {
      boolean near = false;
      for (int j = Math.max(0, i - AROUND); j < Math.min(lines.size(), i + AROUND + 1); j++) {
        near |= lines.get(j).charAt(0) != ' ';
      }
      if (near) {
        if (end >= 0 && end < i - 1) {
          shown.add("  …");
        }
        shown.add(lines.get(i));
        end = i;
      }
    }
    return shown;
  }
}
