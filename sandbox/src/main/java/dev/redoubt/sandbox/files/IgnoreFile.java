// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of one `.gitignore`. Immutable.
///
/// @param rules in the order of the file
/// @param depth how many names of a path are those of the folder it lies in
record IgnoreFile(List<Rule> rules, int depth) {

  private static final int MOST_RULES = 2_000;

  IgnoreFile {
    rules = List.copyOf(rules);
  }

  /// One line.
  ///
  /// @param keeps whether it takes back what was ignored before
  /// @param folders whether it is about folders only
  /// @param name of a file or folder at any depth; null when `path` says more
  /// @param path from the folder of the file
  record Rule(boolean keeps, boolean folders, @Nullable NameGlob name, @Nullable PathGlob path) {

    private static @Nullable Rule of(String written) {
      String line = trimmed(written);
      boolean keeps = line.startsWith("!");
      if (keeps) {
        line = line.substring(1);
      }
      boolean folders = line.endsWith("/");
      if (folders) {
        line = line.substring(0, line.length() - 1);
      }
      if (line.isEmpty() || written.startsWith("#")) {
        return null;
      }
      if (line.indexOf('/') < 0) {
        return new Rule(keeps, folders, new NameGlob(line), null);
      }
      // What lies in a folder is not the folder itself.
      String path = line.endsWith("/**") ? line + "/*" : line;
      return new Rule(keeps, folders, null, PathGlob.of(path));
    }

    /* Spaces at the end do not count unless there is a backslash before them. */
    private static String trimmed(String line) {
      int end = line.length();
      while (end > 0 && line.charAt(end - 1) == ' ' && (end < 2 || line.charAt(end - 2) != '\\')) {
        end--;
      }
      return line.substring(0, end);
    }

    boolean fits(List<String> names, int first, boolean folder) {
      if (folders && !folder) {
        return false;
      }
      return name != null
          ? name.matches(names.getLast())
          : path != null && path.matches(names, first);
    }
  }

  static IgnoreFile of(String text, int depth) {
    List<Rule> rules = new ArrayList<>();
    for (String line : (Iterable<String>) text.lines()::iterator) {
      Rule rule = rules.size() < MOST_RULES ? Rule.of(line) : null;
      if (rule != null) {
        rules.add(rule);
      }
    }
    return new IgnoreFile(rules, depth);
  }

  /// Returns what it says of a path: that it is ignored, that it is not, or null for nothing.
  @Nullable Boolean ignores(List<String> names, boolean folder) {
    for (Rule rule : rules.reversed()) {
      if (rule.fits(names, depth, folder)) {
        return !rule.keeps();
      }
    }
    return null;
  }
}
