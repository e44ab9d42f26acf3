// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import java.util.ArrayList;
import java.util.List;

/// Finds texts of which at least one is in everything a pattern fits: one for each alternative.
final class Needles {

  /* Looking for more of them in every file takes longer than it spares. */
  private static final int MOST = 32;
  private static final int DEEPEST = 8;
  /* Between this and \E brackets are letters. */
  private static final String QUOTED = "\\Q";

  /* What bytes are decoded to that are no text: it is not in the file as it is in the pattern. */
  private static final char UNREADABLE = '\uFFFD';

  private final String pattern;
  private final boolean anyCase;

  /* Where each alternative starts, and after the last one the end, both one further. */
  private final List<Integer> cuts = new ArrayList<>(List.of(0));
  private final List<Group> groups = new ArrayList<>();

  private Needles(String pattern, boolean anyCase) {
    this.pattern = pattern;
    this.anyCase = anyCase;
  }

  /// Returns them; none when they are not easily found.
  ///
  /// @param pattern what RE2/J takes
  /// @param anyCase whether case does not count; then they are in everything it fits once that is
  ///   in lower case
  static List<String> of(String pattern, boolean anyCase) {
    return Needle.isSimple(pattern) && pattern.indexOf(UNREADABLE) < 0 && !pattern.contains(QUOTED)
        ? in(pattern, anyCase, 0)
        : List.of();
  }

  private static List<String> in(String pattern, boolean anyCase, int depth) {
    if (depth > DEEPEST) {
      return List.of();
    }
    Needles needles = new Needles(pattern, anyCase);
    return needles.split() ? needles.read(depth) : List.of();
  }

  /* Returns false when the brackets do not fit. */
  private boolean split() {
    int depth = 0;
    int start = 0;
    for (int at = 0; at < pattern.length(); at++) {
      char c = pattern.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '[') {
        at = Needle.afterSet(pattern, at);
      } else if (c == '(') {
        start = depth == 0 ? at + 1 : start;
        depth++;
      } else if (c == ')') {
        depth--;
        if (depth < 0) {
          return false;
        }
        if (depth == 0) {
          groups.add(new Group(start, at));
        }
      } else if (c == '|' && depth == 0) {
        cuts.add(at + 1);
      }
    }
    cuts.add(pattern.length() + 1);
    return depth == 0;
  }

  private List<String> read(int depth) {
    if (cuts.size() > 2) {
      return alternatives(depth);
    }
    String one = anyCase ? Needle.ofAnyCase(pattern) : Needle.of(pattern);
    if (!one.isEmpty()) {
      return List.of(one);
    }
    for (Group group : groups) {
      List<String> inside = group.mayBeMissing(pattern) ? List.of() : inside(group, depth);
      if (!inside.isEmpty()) {
        return inside;
      }
    }
    return List.of();
  }

  private List<String> alternatives(int depth) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i + 1 < cuts.size(); i++) {
      List<String> some =
          in(pattern.substring(cuts.get(i), cuts.get(i + 1) - 1), anyCase, depth + 1);
      if (some.isEmpty() || all.size() + some.size() > MOST) {
        return List.of();
      }
      all.addAll(some);
    }
    return all;
  }

  private List<String> inside(Group group, int depth) {
    int from = pattern.startsWith("?:", group.start()) ? group.start() + 2 : group.start();
    return in(pattern.substring(from, group.end()), anyCase, depth + 1);
  }

  /* From after the opening to before the closing bracket. */
  private record Group(int start, int end) {

    boolean mayBeMissing(String pattern) {
      return end + 1 < pattern.length() && "*?{".indexOf(pattern.charAt(end + 1)) >= 0;
    }
  }
}
