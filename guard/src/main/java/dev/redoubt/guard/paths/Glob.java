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
    return isAbsolute() == path.startsWith("/") && matches(Names.split(path));
  }

  boolean matches(List<String> path) {
    // From the end: `rest[at]` says whether the names from the current one on match from `at` on.
    boolean[] rest = new boolean[path.size() + 1];
    rest[path.size()] = true;
    for (int own = names.size() - 1; own >= 0; own--) {
      NamePattern name = names.get(own);
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
  public boolean intersects(Glob other) {
    return isAbsolute() == other.isAbsolute() && table(other, this::meets);
  }

  private boolean meets(Glob other, int own, int theirs, Table table) {
    if (own == names.size() || theirs == other.names.size()) {
      return onlyDeepFrom(names, own) && onlyDeepFrom(other.names, theirs);
    }
    NamePattern mine = names.get(own);
    NamePattern next = other.names.get(theirs);
    if (mine.isDeep()
        && (table.at(own + 1, theirs) || crosses(mine, next, table, own, theirs + 1))) {
      return true;
    }
    if (next.isDeep()
        && (table.at(own, theirs + 1) || crosses(next, mine, table, own + 1, theirs))) {
      return true;
    }
    return !mine.isDeep() && !next.isDeep() && table.at(own + 1, theirs + 1) && mine.meets(next);
  }

  /* Whether `deep` can stand for a name that matches `name`, and the rest meets too. */
  private static boolean crosses(
      NamePattern deep, NamePattern name, Table table, int own, int theirs) {
    return table.at(own, theirs) && (deep.hidden() == Hidden.REACHED || !name.startsWithDot());
  }

  /// Returns whether every path that matches `other` matches this pattern too. Says no when it
  /// cannot tell, so an allow may rest on it.
  public boolean covers(Glob other) {
    return isAbsolute() == other.isAbsolute() && table(other, this::covers);
  }

  private boolean covers(Glob other, int own, int theirs, Table table) {
    if (theirs == other.names.size()) {
      return onlyDeepFrom(names, own);
    }
    if (own == names.size()) {
      return false;
    }
    NamePattern mine = names.get(own);
    NamePattern next = other.names.get(theirs);
    if (mine.isDeep()) {
      boolean shown = next.hidden() == Hidden.NOT_REACHED || next.only() != null;
      boolean crosses = mine.hidden() == Hidden.REACHED || (shown && !next.startsWithDot());
      return table.at(own + 1, theirs) || (crosses && table.at(own, theirs + 1));
    }
    return !next.isDeep() && table.at(own + 1, theirs + 1) && mine.covers(next);
  }

  /* Fills a table of all pairs of rests from its end and returns the answer for the whole. */
  private boolean table(Glob other, Cell cell) {
    Table table = new Table(names.size() + 1, other.names.size() + 1);
    for (int own = names.size(); own >= 0; own--) {
      for (int theirs = other.names.size(); theirs >= 0; theirs--) {
        table.set(own, theirs, cell.compute(other, own, theirs, table));
      }
    }
    return table.at(0, 0);
  }

  private interface Cell {
    boolean compute(Glob other, int own, int theirs, Table table);
  }

  private static final class Table {
    private final boolean[] cells;
    private final int width;

    Table(int height, int width) {
      this.cells = new boolean[height * width];
      this.width = width;
    }

    boolean at(int own, int theirs) {
      return cells[own * width + theirs];
    }

    void set(int own, int theirs, boolean value) {
      cells[own * width + theirs] = value;
    }
  }

  private static boolean onlyDeepFrom(List<NamePattern> names, int from) {
    for (int i = from; i < names.size(); i++) {
      if (!names.get(i).isDeep()) {
        return false;
      }
    }
    return true;
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
