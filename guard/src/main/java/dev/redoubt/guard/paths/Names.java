// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The names a path is made of.
final class Names {

  private Names() {}

  /// Returns the names between the slashes of `path`, without empty ones.
  static List<String> split(String path) {
    List<String> names = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= path.length(); i++) {
      if (i == path.length() || path.charAt(i) == '/') {
        if (i > start) {
          names.add(path.substring(start, i));
        }
        start = i + 1;
      }
    }
    return names;
  }

  /// Returns the names of an absolute path without `.` and `..`, as if there were no links.
  static List<String> normal(String path) {
    List<String> names = new ArrayList<>();
    for (String name : split(path)) {
      if (name.equals("..")) {
        if (!names.isEmpty()) {
          names.removeLast();
        }
      } else if (!name.equals(".")) {
        names.add(name);
      }
    }
    return names;
  }

  /// Returns the absolute path of `names`.
  static String join(List<String> names) {
    return "/" + String.join("/", names);
  }

  /// Returns whether `names` is `folder` or lies below it, name by name.
  static boolean within(List<String> folder, List<String> names) {
    return names.size() >= folder.size() && names.subList(0, folder.size()).equals(folder);
  }

  /// Returns the form in which names of secrets are compared on every machine: compatible Unicode
  /// forms, case and trailing dots and blanks make no difference.
  static String fold(String name) {
    String folded = isPlain(name) ? name : Normalizer.normalize(name, Normalizer.Form.NFKC);
    folded = folded.toLowerCase(Locale.ROOT);
    int end = folded.length();
    while (end > 0 && (folded.charAt(end - 1) == '.' || folded.charAt(end - 1) == ' ')) {
      end--;
    }
    return end == 0 ? folded : folded.substring(0, end);
  }

  /// Returns whether `name` is ASCII, so that it has one Unicode form only. Asking saves a start
  /// the JDK's tables of Unicode, some 3 ms.
  static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  static List<String> fold(List<String> names) {
    List<String> folded = new ArrayList<>(names.size());
    for (String name : names) {
      folded.add(fold(name));
    }
    return folded;
  }
}
