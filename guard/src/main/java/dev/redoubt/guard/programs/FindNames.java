// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The names a `find` expression looks for at one point of it. Grows while the expression is read.
///
/// A glob says one level and `find` walks all of them: what counts is the name that is looked for,
/// so that `-name .env` is seen, and the place where the walk begins. Tests under a `!` narrow and
/// are left out. An `-o` outside parentheses starts afresh: what follows it acts on its own tests.
final class FindNames {

  private static final int MOST = 16;
  private static final Arg HERE = new Arg.Known(".");

  private final List<String> patterns = new ArrayList<>();
  private final List<Boolean> negatedGroups = new ArrayList<>();
  private boolean negated;
  private boolean tooWide;
  private final List<String> earlier = new ArrayList<>();
  private boolean everTooWide;

  /// Notes an operator or any other word that is not a test by name.
  void word(String word) {
    switch (word) {
      case "!", "-not" -> {
        negated = !negated;
        return;
      }
      case "(" -> negatedGroups.add(negated);
      case ")" -> {
        if (!negatedGroups.isEmpty()) {
          negatedGroups.removeLast();
        }
      }
      case "-o", "-or", "," -> {
        if (negatedGroups.isEmpty()) {
          earlier.addAll(patterns);
          everTooWide |= tooWide;
          patterns.clear();
          tooWide = false;
        }
      }
      default -> {}
    }
    negated = false;
  }

  /// Notes a test by name, in the manner of `-name '*.java'`.
  void name(Arg pattern) {
    if (!excludes()) {
      switch (pattern) {
        case Arg.Known(String text) -> add(text);
        case Arg.Glob(String text) -> add(text);
        case Arg.Unknown _ -> tooWide = true;
      }
    }
    negated = false;
  }

  /// Notes a test by path: its last part is a name, and so is what follows the place where the walk
  /// begins.
  void path(Arg pattern) {
    if (pattern instanceof Arg.Known(String text)) {
      boolean open = text.startsWith("./") || text.startsWith("*/");
      if (open && !excludes()) {
        patterns.add(text.substring(2));
      }
      name(new Arg.Known(text.substring(text.lastIndexOf('/') + 1)));
    } else {
      regex();
    }
  }

  /// Notes a test whose pattern is no glob.
  void regex() {
    if (!excludes()) {
      tooWide = true;
    }
    negated = false;
  }

  boolean isEmpty() {
    return patterns.isEmpty() && !tooWide;
  }

  /// Returns whether nobody knows what the whole expression finds.
  boolean isOpen() {
    return tooWide || everTooWide;
  }

  /// Returns what the whole expression can find below `starts`, all sides of each `-o`.
  List<Arg> everythingBelow(List<Arg> starts) {
    patterns.addAll(earlier);
    return below(starts);
  }

  /// Returns what can be found below `starts`.
  List<Arg> below(List<Arg> starts) {
    List<String> sought = patterns.isEmpty() ? List.of("*") : patterns;
    if (tooWide || sought.size() * starts.size() > MOST) {
      return List.of(new Arg.Unknown("{}", "find looks for names that are not plain"));
    }
    List<Arg> found = new ArrayList<>();
    for (Arg start : starts) {
      for (String pattern : sought) {
        found.add(below(start, pattern));
      }
    }
    return found;
  }

  /// Returns what can be found in the folder a command is run in.
  List<Arg> here() {
    return below(List.of(HERE));
  }

  private boolean excludes() {
    boolean excludes = negated;
    for (boolean group : negatedGroups) {
      excludes ^= group;
    }
    return excludes;
  }

  private void add(String pattern) {
    patterns.add(pattern);
    String lower = pattern.toLowerCase(Locale.ROOT);
    if (!lower.equals(pattern)) {
      patterns.add(lower);
    }
    // In find a star matches a leading dot and nothing at all, in a shell not.
    boolean open = !pattern.isEmpty() && "*?[".indexOf(pattern.charAt(0)) >= 0;
    if (lower.startsWith("*.")) {
      patterns.add(lower.substring(1));
      if (isStage(lower.substring(2))) {
        patterns.add("." + lower);
      }
    } else if (open && !lower.equals("*")) {
      patterns.add("." + lower);
    }
  }

  /// Returns whether files such as `.env.local` end like this: `*.local` finds them. For the
  /// endings of sources the dot that may be in front is nothing to ask about.
  private static boolean isStage(String ending) {
    return switch (ending) {
      case "local",
          "prod",
          "production",
          "dev",
          "development",
          "test",
          "stage",
          "staging",
          "live",
          "env",
          "secret",
          "secrets",
          "*" ->
          true;
      default -> false;
    };
  }

  private static Arg below(Arg start, String pattern) {
    return switch (start) {
      case Arg.Known(String text) -> new Arg.Glob(slash(escape(text)) + pattern);
      case Arg.Glob(String glob) -> new Arg.Glob(slash(glob) + pattern);
      case Arg.Unknown unknown -> unknown;
    };
  }

  private static String slash(String folder) {
    return folder.endsWith("/") ? folder : folder + "/";
  }

  /// Returns the glob that matches exactly `text`.
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if ("*?[]\\".indexOf(text.charAt(i)) >= 0) {
        escaped.append('\\');
      }
      escaped.append(text.charAt(i));
    }
    return escaped.toString();
  }
}
