// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import dev.redoubt.guard.paths.NamePattern.Hidden;
import dev.redoubt.guard.paths.NameToken.Literal;
import dev.redoubt.guard.paths.NameToken.One;
import dev.redoubt.guard.paths.NameToken.OneOf;
import dev.redoubt.guard.paths.NameToken.Range;
import dev.redoubt.guard.paths.NameToken.Run;
import dev.redoubt.guard.paths.NameToken.Sense;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the text of one name of a glob.
///
/// In a rule whatever could be a mistake is an error. In a word of a shell nothing is: what the
/// shell takes literally is literal, and what is not modelled stands for everything.
final class GlobReader {

  /// Who wrote the pattern.
  enum Dialect {
    RULE,
    SHELL
  }

  private final String text;
  private final Dialect dialect;
  private final List<NameToken> tokens = new ArrayList<>();
  private int at;

  private GlobReader(String text, Dialect dialect) {
    this.text = text;
    this.dialect = dialect;
  }

  /// Returns the pattern of a name.
  ///
  /// @throws IllegalArgumentException if a rule has a mistake
  static NamePattern read(String name, Dialect dialect) {
    return isPlain(name) ? NamePattern.literal(name) : new GlobReader(name, dialect).name();
  }

  /// Returns whether `name` has no character of a pattern, in either dialect.
  static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      if ("*?[\\(".indexOf(name.charAt(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  private NamePattern name() {
    if (dialect == Dialect.SHELL && hasExtendedGroup()) {
      return NamePattern.of(List.of(new One(), new Run()), Hidden.REACHED);
    }
    while (at < text.length()) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      switch (c) {
        case '*' -> run();
        case '?' -> tokens.add(new One());
        case '[' -> set();
        case '\\' -> escaped();
        default -> tokens.add(new Literal(c));
      }
    }
    return NamePattern.of(tokens, dialect == Dialect.SHELL ? Hidden.NOT_REACHED : Hidden.REACHED);
  }

  private void run() {
    if (!tokens.isEmpty() && tokens.getLast() instanceof Run) {
      if (dialect == Dialect.RULE) {
        throw new IllegalArgumentException(
            "\"**\" stands alone between two slashes, not in \"" + text + "\"");
      }
      return;
    }
    tokens.add(new Run());
  }

  private void escaped() {
    if (at == text.length()) {
      if (dialect == Dialect.RULE) {
        throw new IllegalArgumentException("\"" + text + "\" ends with a backslash");
      }
      tokens.add(new Literal('\\'));
      return;
    }
    int c = text.codePointAt(at);
    at += Character.charCount(c);
    tokens.add(new Literal(c));
  }

  private void set() {
    int start = at;
    OneOf set = readSet();
    if (set != null) {
      tokens.add(set);
      return;
    }
    if (dialect == Dialect.RULE) {
      throw new IllegalArgumentException(
          "\"[\" in \"" + text + "\" opens no set such as [a-z]; write \\[ for the character");
    }
    at = start;
    tokens.add(new Literal('['));
  }

  private @Nullable OneOf readSet() {
    Sense sense = Sense.INSIDE;
    if (at < text.length() && (text.charAt(at) == '!' || text.charAt(at) == '^')) {
      sense = Sense.OUTSIDE;
      at++;
    }
    List<Range> ranges = new ArrayList<>();
    boolean first = true;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ']' && !first) {
        at++;
        return new OneOf(ranges, sense);
      }
      if (c == '[' && at + 1 < text.length() && ":.=".indexOf(text.charAt(at + 1)) >= 0) {
        return namedClass();
      }
      int from = member();
      ranges.add(new Range(from, rangeEnd(from)));
      first = false;
    }
    return null;
  }

  /* [[:alpha:]] and its like depend on the locale: in a shell the set stands for everything. */
  private @Nullable OneOf namedClass() {
    int end = text.indexOf("]]", at);
    if (end < 0 || dialect == Dialect.RULE) {
      return null;
    }
    at = end + 2;
    return new OneOf(List.of(), Sense.OUTSIDE);
  }

  private int member() {
    if (text.charAt(at) == '\\' && at + 1 < text.length()) {
      at++;
    }
    int c = text.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  private int rangeEnd(int from) {
    if (at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
      at++;
      return member();
    }
    return from;
  }

  /* The groups of extglob, in the manner of @(a|b). */
  private boolean hasExtendedGroup() {
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) == '(' && "?*+@!".indexOf(text.charAt(i - 1)) >= 0) {
        return true;
      }
    }
    return false;
  }
}
