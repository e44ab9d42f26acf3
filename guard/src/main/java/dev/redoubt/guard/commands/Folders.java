// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The folders in which a command may run; none means that it could be any.
///
/// @param paths absolute with `/`, `..` still there
record Folders(List<String> paths) {

  private static final int MOST = 6;

  /// It could be any folder.
  static final Folders ANY = new Folders(List.of());

  Folders {
    paths = List.copyOf(paths);
  }

  static Folders of(String path) {
    return new Folders(List.of(path));
  }

  boolean isAny() {
    return paths.isEmpty();
  }

  /// Returns the one folder it is, empty when it could be another.
  Optional<String> only() {
    return paths.size() == 1 ? Optional.of(paths.getFirst()) : Optional.empty();
  }

  Folders or(Folders other) {
    if (equals(other)) {
      return this;
    }
    if (isAny() || other.isAny()) {
      return ANY;
    }
    Set<String> both = new LinkedHashSet<>(paths);
    both.addAll(other.paths);
    return limited(List.copyOf(both));
  }

  /// Returns where `cd` to `target` leads.
  ///
  /// The shell takes `..` away by its text, the system follows links first: both are meant.
  Folders cd(String target) {
    List<String> next = new ArrayList<>();
    if (target.startsWith("/")) {
      add(next, target);
    } else {
      for (String path : paths) {
        add(next, join(path, target));
      }
    }
    return limited(next);
  }

  /// Returns `name` below `folder`.
  static String join(String folder, String name) {
    if (name.isEmpty() || name.equals(".")) {
      return folder;
    }
    return folder.endsWith("/") ? folder + name : folder + "/" + name;
  }

  /// Returns `path` without `.`, `..` and empty names, by its text alone.
  static String normal(String path) {
    if (isNormal(path)) {
      return path;
    }
    List<String> names = new ArrayList<>();
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        if (!names.isEmpty()) {
          names.removeLast();
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return "/" + String.join("/", names);
  }

  /* Nearly every path is, and this is asked several times for each command. */
  private static boolean isNormal(String path) {
    if (!path.startsWith("/")) {
      return false;
    }
    int slash = path.length() == 1 ? -1 : 0;
    while (slash >= 0) {
      int next = path.indexOf('/', slash + 1);
      int end = next < 0 ? path.length() : next;
      // Neither "", "." nor "..".
      if (end - slash <= 3 && "..".startsWith(path.substring(slash + 1, end))) {
        return false;
      }
      slash = next;
    }
    return true;
  }

  private static void add(List<String> next, String path) {
    String normal = normal(path);
    if (!next.contains(normal)) {
      next.add(normal);
    }
    if (path.contains("..") && !next.contains(path)) {
      next.add(path);
    }
  }

  private static Folders limited(List<String> paths) {
    return paths.size() > MOST ? ANY : new Folders(paths);
  }
}
