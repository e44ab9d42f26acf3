// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A glob for the names of a path, of which `**` is any number. Immutable.
final class PathGlob {

  private static final int MOST_ALTERNATIVES = 64;

  /* Null stands for **. */
  private final List<@Nullable NameGlob> names;

  private PathGlob(List<@Nullable NameGlob> names) {
    this.names = names;
  }

  /// Returns the glob with these names between its slashes.
  static PathGlob of(String glob) {
    List<@Nullable NameGlob> names = new ArrayList<>();
    for (String name : glob.split("/", -1)) {
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name.equals("**") ? null : new NameGlob(name));
      }
    }
    return new PathGlob(names);
  }

  /// Returns the globs that `glob` stands for: braces are opened, and one without a slash is about
  /// the name in any folder.
  static List<PathGlob> all(String glob) {
    List<String> open = new ArrayList<>(List.of(glob));
    for (int i = 0; i < open.size() && open.size() < MOST_ALTERNATIVES; ) {
      List<String> opened = opened(open.get(i));
      if (opened.isEmpty()) {
        i++;
      } else {
        open.remove(i);
        open.addAll(i, opened);
      }
    }
    return open.stream().map(one -> of(one.contains("/") ? one : "**/" + one)).toList();
  }

  private static List<String> opened(String glob) {
    int close = glob.indexOf('}');
    int start = close < 0 ? -1 : glob.lastIndexOf('{', close);
    if (start < 0) {
      return List.of();
    }
    List<String> opened = new ArrayList<>();
    for (String choice : glob.substring(start + 1, close).split(",", -1)) {
      opened.add(glob.substring(0, start) + choice + glob.substring(close + 1));
    }
    return opened;
  }

  /// Says whether it fits the names from the one at `first`.
  boolean matches(List<String> path, int first) {
    int at = 0;
    int in = first;
    int stars = -1;
    int from = first;
    while (in < path.size()) {
      if (at < names.size() && names.get(at) == null) {
        stars = at++;
        from = in;
        continue;
      }
      NameGlob glob = at < names.size() ? names.get(at) : null;
      if (glob != null && glob.matches(path.get(in))) {
        at++;
        in++;
      } else if (stars >= 0) {
        at = stars + 1;
        in = ++from;
      } else {
        return false;
      }
    }
    return at == names.size();
  }
}
