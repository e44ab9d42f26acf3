// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import dev.redoubt.guard.paths.NamePattern.Hidden;
import java.util.List;

/// The questions about two lists of names. Each takes at most the product of both lengths and no
/// recursion, so that a hostile pattern costs no more than its length.
final class NameLists {

  private NameLists() {}

  /// Returns whether `path` matches `pattern`.
  static boolean match(List<NamePattern> pattern, List<String> path) {
    // Nearly every entry of the table of sensitive places is turned away by its first name.
    if (!pattern.isEmpty()
        && !pattern.getFirst().isDeep()
        && (path.isEmpty() || !pattern.getFirst().matches(path.getFirst()))) {
      return false;
    }
    // From the end: `rest[at]` says whether the names from the current one on match from `at` on.
    boolean[] rest = new boolean[path.size() + 1];
    rest[path.size()] = true;
    for (int own = pattern.size() - 1; own >= 0; own--) {
      NamePattern name = pattern.get(own);
      if (name.isDeep()) {
        for (int at = path.size() - 1; at >= 0; at--) {
          rest[at] |= rest[at + 1] && passes(name, path.get(at));
        }
      } else {
        for (int at = 0; at < path.size(); at++) {
          rest[at] = rest[at + 1] && name.matches(path.get(at));
        }
        rest[path.size()] = false;
      }
    }
    return rest[0];
  }

  private static boolean passes(NamePattern deep, String name) {
    return deep.hidden() == Hidden.REACHED || !name.startsWith(".");
  }

  /// Returns whether some path matches both.
  static boolean meet(List<NamePattern> left, List<NamePattern> right) {
    return new Table(left, right).fill(NameLists::meets);
  }

  private static boolean meets(Table table, int i, int j) {
    List<NamePattern> left = table.left;
    List<NamePattern> right = table.right;
    if (i == left.size() || j == right.size()) {
      return onlyDeepFrom(left, i) && onlyDeepFrom(right, j);
    }
    NamePattern mine = left.get(i);
    NamePattern next = right.get(j);
    if (mine.isDeep() && (table.at(i + 1, j) || (table.at(i, j + 1) && crosses(mine, next)))) {
      return true;
    }
    if (next.isDeep() && (table.at(i, j + 1) || (table.at(i + 1, j) && crosses(next, mine)))) {
      return true;
    }
    return !mine.isDeep() && !next.isDeep() && table.at(i + 1, j + 1) && mine.meets(next);
  }

  /* Whether `deep` can stand for a name that matches `name`. */
  private static boolean crosses(NamePattern deep, NamePattern name) {
    return deep.hidden() == Hidden.REACHED || !name.startsWithDot();
  }

  /// Returns whether every path that matches `right` matches `left`; says no when in doubt.
  static boolean cover(List<NamePattern> left, List<NamePattern> right) {
    return new Table(left, right).fill(NameLists::covers);
  }

  private static boolean covers(Table table, int i, int j) {
    List<NamePattern> left = table.left;
    List<NamePattern> right = table.right;
    if (j == right.size()) {
      return onlyDeepFrom(left, i);
    }
    if (i == left.size()) {
      return false;
    }
    NamePattern mine = left.get(i);
    NamePattern next = right.get(j);
    if (mine.isDeep()) {
      boolean shown = next.hidden() == Hidden.NOT_REACHED || next.only() != null;
      boolean crosses = mine.hidden() == Hidden.REACHED || (shown && !next.startsWithDot());
      return table.at(i + 1, j) || (crosses && table.at(i, j + 1));
    }
    return !next.isDeep() && table.at(i + 1, j + 1) && mine.covers(next);
  }

  private static boolean onlyDeepFrom(List<NamePattern> names, int from) {
    for (int i = from; i < names.size(); i++) {
      if (!names.get(i).isDeep()) {
        return false;
      }
    }
    return true;
  }

  private interface Cell {
    boolean compute(Table table, int i, int j);
  }

  /* All pairs of rests, filled from the end. */
  private static final class Table {
    private final List<NamePattern> left;
    private final List<NamePattern> right;
    private final boolean[] cells;

    Table(List<NamePattern> left, List<NamePattern> right) {
      this.left = left;
      this.right = right;
      this.cells = new boolean[(left.size() + 1) * (right.size() + 1)];
    }

    boolean fill(Cell cell) {
      for (int i = left.size(); i >= 0; i--) {
        for (int j = right.size(); j >= 0; j--) {
          cells[i * (right.size() + 1) + j] = cell.compute(this, i, j);
        }
      }
      return cells[0];
    }

    boolean at(int i, int j) {
      return cells[i * (right.size() + 1) + j];
    }
  }
}
