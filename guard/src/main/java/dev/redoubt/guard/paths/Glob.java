// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import dev.redoubt.guard.paths.GlobReader.Dialect;
import dev.redoubt.guard.paths.NamePattern.Hidden;
import java.util.ArrayList;
import java.util.List;

/// A pattern of paths.
///
/// `*` stands for any part of one name, `?` for one character, `[a-z]` and `[!a-z]` for one out of
/// a set; none of them crosses a slash. `**` alone between slashes stands for any number of names,
/// none included: `src/**` matches `src` and everything below it. A backslash makes the next
/// character ordinary. Names are compared as a whole, so `/work` never matches `/work-evil`.
///
/// A pattern is compared with names, never expanded, so it holds for files that are created later.
/// Every operation takes at most the product of the lengths of both sides. Immutable.
public final class Glob {

  /// The longest pattern that is read, in characters.
  public static final int LONGEST = 4096;

  private static final NamePattern DEEP = NamePattern.deep(Hidden.REACHED);
  private static final NamePattern DEEP_SHOWN = NamePattern.deep(Hidden.NOT_REACHED);

  private final String shown;
  private final String full;
  private final Dialect dialect;
  private final List<NamePattern> names;

  private Glob(String shown, String full, Dialect dialect, List<NamePattern> names) {
    this.shown = shown;
    this.full = full;
    this.dialect = dialect;
    this.names = List.copyOf(names);
  }

  /// Returns the pattern a rule writes. Wildcards reach names with a leading dot.
  ///
  /// @throws IllegalArgumentException if the pattern has a mistake; the message says which
  public static Glob of(String pattern) {
    return read(pattern, Dialect.RULE);
  }

  /// Returns the pattern a rule writes, made absolute: `~` is `home`, and what does not start with
  /// a slash lies in `folder`.
  ///
  /// @param folder absolute, taken literally
  /// @param home absolute, taken literally
  /// @throws IllegalArgumentException if the pattern has a mistake; the message says which
  public static Glob of(String pattern, String folder, String home) {
    if (pattern.equals("~") || pattern.startsWith("~/")) {
      return read(quote(home) + pattern.substring(1), Dialect.RULE).named(pattern);
    }
    return pattern.startsWith("/")
        ? of(pattern)
        : read(quote(folder) + "/" + requireText(pattern), Dialect.RULE).named(pattern);
  }

  /// Returns the pattern as a shell reads it: a leading dot has to be written, and what a shell
  /// option could change counts as everything. Never fails: a pattern over [#LONGEST] matches all.
  public static Glob ofShell(String pattern) {
    if (pattern.length() > LONGEST) {
      return new Glob(pattern, pattern, Dialect.SHELL, List.of(DEEP));
    }
    return read(pattern, Dialect.SHELL);
  }

  /// Returns the pattern that only `path` matches.
  public static Glob exactly(String path) {
    List<NamePattern> names = new ArrayList<>();
    for (String name : Names.split(path)) {
      names.add(NamePattern.literal(name));
    }
    return new Glob(path, quote(path), Dialect.RULE, names);
  }

  /// Returns `text` with every character of a pattern made ordinary.
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '*' || c == '?' || c == '[' || c == ']' || c == '\\') {
        quoted.append('\\');
      }
      quoted.append(c);
    }
    return quoted.toString();
  }

  private static String requireText(String pattern) {
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException("the pattern is empty");
    }
    return pattern;
  }

  private static Glob read(String pattern, Dialect dialect) {
    requireText(pattern);
    if (pattern.length() > LONGEST) {
      throw new IllegalArgumentException("the pattern has more than " + LONGEST + " characters");
    }
    List<NamePattern> names = new ArrayList<>();
    for (String name : Names.split(pattern)) {
      add(names, name, dialect);
    }
    return new Glob(pattern, pattern, dialect, names);
  }

  private static void add(List<NamePattern> names, String name, Dialect dialect) {
    if (name.equals("**")) {
      names.add(dialect == Dialect.RULE ? DEEP : DEEP_SHOWN);
    } else if (name.equals("..")) {
      if (dialect == Dialect.RULE) {
        throw new IllegalArgumentException("a pattern names no \"..\": write the path it means");
      }
      // Above a `**` can be any folder.
      if (!names.isEmpty() && !names.getLast().isDeep()) {
        names.removeLast();
      }
    } else if (!name.equals(".")) {
      names.add(GlobReader.read(name, dialect));
    }
  }

  private Glob named(String written) {
    return new Glob(written, full, dialect, names);
  }

  /// Returns whether `path` matches. `.`, `..` and doubled slashes have to be gone.
  public boolean matches(String path) {
    return isAbsolute() == path.startsWith("/") && NameLists.match(names, Names.split(path));
  }

  /// Returns whether some path matches both.
  public boolean intersects(Glob other) {
    return isAbsolute() == other.isAbsolute() && NameLists.meet(names, other.names);
  }

  /// Returns whether every path that matches `other` matches this pattern too. Says no when it
  /// cannot tell, so an allow may rest on it.
  public boolean covers(Glob other) {
    return isAbsolute() == other.isAbsolute() && NameLists.cover(names, other.names);
  }

  /// The names of the pattern, in order.
  List<NamePattern> names() {
    return names;
  }

  boolean isAbsolute() {
    return full.startsWith("/");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob glob
        && full.equals(glob.full)
        && dialect == glob.dialect
        && shown.equals(glob.shown);
  }

  @Override
  public int hashCode() {
    return full.hashCode();
  }

  /// Returns the pattern as it was written.
  @Override
  public String toString() {
    return shown;
  }
}
