// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import java.util.ArrayList;
import java.util.List;

/// The difference of two short texts, line by line, with three lines around each change.
public final class LineDifference {

  private static final int AROUND = 3;

  /* Cells of a table: above it, all of one and then all of the other is shown. */
  private static final int MOST = 4_000_000;

  private LineDifference() {}

  /// Returns the lines of both, marked with a blank, `-` or `+`; empty when the texts are equal.
  public static List<String> of(String before, String after) {
    List<String> was = before.lines().toList();
    List<String> is = after.lines().toList();
    int head = common(was, is);
    int tail =
        common(was.subList(head, was.size()).reversed(), is.subList(head, is.size()).reversed());
    List<String> lines = new ArrayList<>();
    was.subList(0, head).forEach(line -> lines.add("  " + line));
    between(was.subList(head, was.size() - tail), is.subList(head, is.size() - tail), lines);
    was.subList(was.size() - tail, was.size()).forEach(line -> lines.add("  " + line));
    return around(lines);
  }

  private static int common(List<String> one, List<String> other) {
    int same = 0;
    while (same < Math.min(one.size(), other.size()) && one.get(same).equals(other.get(same))) {
      same++;
    }
    return same;
  }

  private static void between(List<String> a, List<String> b, List<String> lines) {
    if ((long) a.size() * b.size() > MOST) {
      a.forEach(line -> lines.add("- " + line));
      b.forEach(line -> lines.add("+ " + line));
      return;
    }
    int[][] common = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        common[i][j] =
            a.get(i).equals(b.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
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
