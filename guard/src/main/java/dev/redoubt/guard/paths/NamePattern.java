// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.paths.NameToken.Literal;
import dev.redoubt.guard.paths.NameToken.One;
import dev.redoubt.guard.paths.NameToken.OneOf;
import dev.redoubt.guard.paths.NameToken.Run;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pattern of one name between two slashes, or of any number of names. Immutable.
///
/// Every question takes at most the product of both lengths and no recursion.
final class NamePattern {

  /// Whether wildcards reach the names that start with a dot.
  enum Hidden {
    REACHED,
    /// The dot has to be written.
    NOT_REACHED
  }

  private final Hidden hidden;
  private final boolean deep;
  private final @Nullable String only;
  /* The characters a real pattern starts and ends with, -1 where it has a wildcard. */
  private final int start;
  private final int end;
  /* Of a plain name made when first asked for: most never are. */
  private @Nullable List<NameToken> tokens;

  private NamePattern(
      @Nullable List<NameToken> tokens, @Nullable String only, Hidden hidden, boolean deep) {
    this.tokens = tokens;
    this.hidden = hidden;
    this.deep = deep;
    this.only = only;
    this.start = tokens == null || tokens.isEmpty() ? -1 : literal(tokens.getFirst());
    this.end = tokens == null || tokens.isEmpty() ? -1 : literal(tokens.getLast());
  }

  private static int literal(NameToken token) {
    return token instanceof Literal(int c) ? c : -1;
  }

  static NamePattern of(List<NameToken> tokens, Hidden hidden) {
    return new NamePattern(List.copyOf(tokens), text(tokens), hidden, false);
  }

  /// Returns the pattern of any number of names: `**`.
  static NamePattern deep(Hidden hidden) {
    return new NamePattern(List.of(new Run()), null, hidden, true);
  }

  /// Returns the pattern that only `name` matches.
  static NamePattern literal(String name) {
    return new NamePattern(null, name, Hidden.REACHED, false);
  }

  private static @Nullable String text(List<NameToken> tokens) {
    StringBuilder name = new StringBuilder(tokens.size());
    for (NameToken token : tokens) {
      if (!(token instanceof Literal(int c))) {
        return null;
      }
      name.appendCodePoint(c);
    }
    return name.toString();
  }

  private List<NameToken> tokens() {
    List<NameToken> known = tokens;
    if (known == null) {
      known = literals(requireNonNull(only));
      tokens = known;
    }
    return known;
  }

  private static List<NameToken> literals(String name) {
    List<NameToken> literals = new ArrayList<>(name.length());
    for (int at = 0; at < name.length(); at += Character.charCount(name.codePointAt(at))) {
      literals.add(new Literal(name.codePointAt(at)));
    }
    return List.copyOf(literals);
  }

  Hidden hidden() {
    return hidden;
  }

  boolean isDeep() {
    return deep;
  }

  /// Returns the only name that matches, or null when it is a real pattern.
  @Nullable String only() {
    return only;
  }

  /// Returns the character that every match starts with, -1 when that differs.
  int start() {
    return only == null ? start : only.isEmpty() ? -1 : only.codePointAt(0);
  }

  /// Returns the character that every match ends with, -1 when that differs.
  int end() {
    return only == null ? end : only.isEmpty() ? -1 : only.codePointBefore(only.length());
  }

  /// Returns whether it says anything about the name: `*` does not, `*.pem` does.
  boolean isExplicit() {
    for (NameToken token : tokens()) {
      if (!(token instanceof Run)) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether this says at most how a name ends: `*`, `*.json`.
  boolean isWide() {
    List<NameToken> tokens = tokens();
    if (tokens.isEmpty() || !(tokens.getFirst() instanceof Run)) {
      return false;
    }
    for (NameToken token : tokens.subList(1, tokens.size())) {
      if (token instanceof Run) {
        return false;
      }
    }
    return tokens.size() == 1 || tokens.get(1).equals(new NameToken.Literal('.'));
  }

  /// Returns whether the dot of a hidden name is written out.
  boolean startsWithDot() {
    if (only != null) {
      return only.startsWith(".");
    }
    return !tokens().isEmpty() && tokens().getFirst() instanceof Literal(int c) && c == '.';
  }

  /// Returns whether this glob says something of what makes `pattern` special: the extension of
  /// `*.pem`, or three characters of the start of `id_rsa_*`; a written dot is always special.
  boolean hints(NamePattern pattern) {
    if (startsWithDot() && pattern.startsWithDot()) {
      return true;
    }
    return pattern.tokens().getFirst() instanceof Run
        ? hintsEnd(pattern)
        : tokens().size() >= 3 && runs(0, 3) == 0;
  }

  private boolean hintsEnd(NamePattern pattern) {
    int dot = lastDot(tokens());
    int theirs = lastDot(pattern.tokens());
    if (dot < 0 || theirs < 0) {
      return false;
    }
    NamePattern end = of(tokens().subList(dot + 1, tokens().size()), hidden);
    return end.isExplicit()
        && end.meets(of(pattern.tokens().subList(theirs + 1, pattern.tokens().size()), hidden));
  }

  private int runs(int from, int to) {
    int runs = 0;
    for (int i = from; i < to; i++) {
      runs += tokens().get(i) instanceof Run ? 1 : 0;
    }
    return runs;
  }

  private static int lastDot(List<NameToken> tokens) {
    for (int i = tokens.size() - 1; i >= 0; i--) {
      if (tokens.get(i) instanceof Literal(int c) && c == '.') {
        return i;
      }
    }
    return -1;
  }

  /// Returns whether `name` matches.
  boolean matches(String name) {
    if (only != null) {
      return only.equals(name);
    }
    if (name.startsWith(".") && hidden == Hidden.NOT_REACHED && !startsWithDot()) {
      return false;
    }
    if (!couldMatch(name)) {
      return false;
    }
    List<NameToken> own = tokens();
    int token = 0;
    int at = 0;
    int lastRun = -1;
    int resume = 0;
    while (at < name.length()) {
      int c = name.codePointAt(at);
      if (token < own.size() && own.get(token) instanceof Run) {
        lastRun = token++;
        resume = at;
      } else if (token < own.size() && accepts(own.get(token), c)) {
        token++;
        at += Character.charCount(c);
      } else if (lastRun >= 0) {
        token = lastRun + 1;
        resume += Character.charCount(name.codePointAt(resume));
        at = resume;
      } else {
        return false;
      }
    }
    return onlyRunsFrom(token);
  }

  /* Looks at both ends only: nearly every pattern is turned away here. */
  private boolean couldMatch(String name) {
    if (name.isEmpty()) {
      return true;
    }
    return (start < 0 || name.codePointAt(0) == start)
        && (end < 0 || name.codePointBefore(name.length()) == end);
  }

  private boolean onlyRunsFrom(int from) {
    for (int i = from; i < tokens().size(); i++) {
      if (!(tokens().get(i) instanceof Run)) {
        return false;
      }
    }
    return true;
  }

  private static boolean accepts(NameToken token, int c) {
    return switch (token) {
      case Literal(int own) -> own == c;
      case One _, Run _ -> true;
      case OneOf set -> set.contains(c);
    };
  }

  /// Returns whether some name matches both. Two sets count as overlapping.
  boolean meets(NamePattern other) {
    if (other.only != null) {
      return matches(other.only);
    }
    if (only != null) {
      return other.matches(only);
    }
    if (!couldMeet(other)) {
      return false;
    }
    Meeting later = new Meeting(this, other, null);
    return new Meeting(this, other, later).at(0, 0);
  }

  /// Returns false when no name matches both, which a look at the ends tells; true when they have
  /// to be compared.
  boolean couldMeet(NamePattern other) {
    if (other.only != null) {
      return matches(other.only);
    }
    if (only != null) {
      return other.matches(only);
    }
    List<NameToken> mine = tokens();
    List<NameToken> theirs = other.tokens();
    if (mine.isEmpty() || theirs.isEmpty()) {
      return true;
    }
    return !isDotUnreached(other)
        && !other.isDotUnreached(this)
        && !differ(mine.getFirst(), theirs.getFirst())
        && !differ(mine.getLast(), theirs.getLast());
  }

  /* Whether the other starts with a dot that this one would have to write. */
  private boolean isDotUnreached(NamePattern other) {
    return hidden == Hidden.NOT_REACHED
        && other.startsWithDot()
        && !(firstAfterRuns() instanceof Literal(int c) && c == '.');
  }

  /* A run may stand for nothing, so the token after it may be the first. */
  private @Nullable NameToken firstAfterRuns() {
    for (NameToken token : tokens()) {
      if (!(token instanceof Run)) {
        return token;
      }
    }
    return null;
  }

  private static boolean differ(NameToken one, NameToken other) {
    return one instanceof Literal(int c) && other instanceof Literal(int d) && c != d;
  }

  /* Whether the rests of two patterns meet, filled from their ends. The first character is a case
   * of its own because of the dot: `later` is the table of all others, null while that is made. */
  private static final class Meeting {
    private final NamePattern left;
    private final NamePattern right;
    private final @Nullable Meeting later;
    private final boolean[] cells;
    private final int width;

    Meeting(NamePattern left, NamePattern right, @Nullable Meeting later) {
      this.left = left;
      this.right = right;
      this.later = later;
      this.width = right.tokens().size() + 1;
      this.cells = new boolean[(left.tokens().size() + 1) * width];
      for (int i = left.tokens().size(); i >= 0; i--) {
        for (int j = right.tokens().size(); j >= 0; j--) {
          cells[i * width + j] = meets(i, j);
        }
      }
    }

    boolean at(int i, int j) {
      return cells[i * width + j];
    }

    private boolean meets(int i, int j) {
      boolean leftEnds = i == left.tokens().size();
      boolean rightEnds = j == right.tokens().size();
      if (leftEnds && rightEnds) {
        return true;
      }
      boolean leftRun = !leftEnds && left.tokens().get(i) instanceof Run;
      boolean rightRun = !rightEnds && right.tokens().get(j) instanceof Run;
      if ((leftRun && at(i + 1, j)) || (rightRun && at(i, j + 1))) {
        return true;
      }
      // Past the first character two runs gain nothing by taking one together.
      if (leftEnds || rightEnds || (leftRun && rightRun && later == null) || !overlap(i, j)) {
        return false;
      }
      Meeting next = later == null ? this : later;
      return next.at(leftRun ? i : i + 1, rightRun ? j : j + 1);
    }

    private boolean overlap(int i, int j) {
      NameToken mine = left.tokens().get(i);
      NameToken theirs = right.tokens().get(j);
      if (later != null
          && (blocksDot(left.hidden, mine, theirs) || blocksDot(right.hidden, theirs, mine))) {
        return false;
      }
      return theirs instanceof Literal(int c)
          ? accepts(mine, c)
          : !(mine instanceof Literal(int own)) || accepts(theirs, own);
    }
  }

  private static boolean blocksDot(Hidden hidden, NameToken own, NameToken theirs) {
    return hidden == Hidden.NOT_REACHED
        && !(own instanceof Literal)
        && theirs instanceof Literal(int c)
        && c == '.';
  }

  /// Returns whether every name that matches `other` matches this one too; says no when in doubt.
  boolean covers(NamePattern other) {
    if (other.only != null) {
      return matches(other.only);
    }
    if (hidden == Hidden.NOT_REACHED && other.hidden == Hidden.REACHED) {
      return false;
    }
    int width = other.tokens().size() + 1;
    boolean[] table = new boolean[(tokens().size() + 1) * width];
    for (int i = tokens().size(); i >= 0; i--) {
      for (int j = other.tokens().size(); j >= 0; j--) {
        table[i * width + j] = covering(other, i, j, table);
      }
    }
    return table[0];
  }

  private boolean covering(NamePattern other, int i, int j, boolean[] table) {
    int width = other.tokens().size() + 1;
    if (j == other.tokens().size()) {
      return onlyRunsFrom(i);
    }
    if (i == tokens().size()) {
      return false;
    }
    if (tokens().get(i) instanceof Run) {
      return table[(i + 1) * width + j] || table[i * width + j + 1];
    }
    return coversOne(tokens().get(i), other.tokens().get(j)) && table[(i + 1) * width + j + 1];
  }

  private static boolean coversOne(NameToken mine, NameToken theirs) {
    return switch (theirs) {
      case Run _ -> false;
      case Literal(int c) -> accepts(mine, c);
      case One _ -> mine instanceof One;
      case OneOf _ -> mine instanceof One || mine.equals(theirs);
    };
  }
}
