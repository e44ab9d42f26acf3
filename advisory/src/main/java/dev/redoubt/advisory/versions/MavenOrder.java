// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

/// The order of Maven's `ComparableVersion` up to Maven 3.8, on which OSV's ranges are built.
///
/// A version is tokens, each a number or a qualifier behind a dot or a hyphen; a change between
/// digits and letters counts as a hyphen. `alpha < beta < milestone < rc < snapshot < release < sp
/// <` any other qualifier, in any case; zeros and the words for a release vanish at the end and
/// before a hyphen. Maven's own rule is no order: see the essay in the class, and ADR 0011.
final class MavenOrder implements VersionOrder {

  /* What can stand at one place of a version, from the lowest to the highest. Maven compares such
   * things in pairs, and pads the shorter version with nothing, which it takes for a release. That
   * gives cycles: 1-1 < 1.0.rc < 1 < 1-1, because nothing is compared with rc when 1 is, and zero
   * with the hyphen when 1-1 is. Here a place has one rank. It is Maven's whenever both versions lie
   * on the same side of the release they lead to or follow; between the sides the side decides. */
  private static final int FIRST_QUALIFIER = 0;
  private static final int DOT_BEFORE_RELEASE = 1;
  private static final int HYPHEN_BEFORE_RELEASE = 2;
  private static final int ZERO_DOT_BEFORE_RELEASE = 3;
  private static final int RELEASE = 4;
  private static final int DOT_AFTER_RELEASE = 5;
  private static final int HYPHEN_AFTER_RELEASE = 6;
  private static final int HYPHEN_NUMBER = 7;
  private static final int ZERO_DOT_AFTER_RELEASE = 8;
  private static final int ZERO_DOT_NUMBER = 9;
  private static final int DOT_NUMBER = 10;

  private static final int ALPHA = 1;
  private static final int BETA = 2;
  private static final int MILESTONE = 3;
  private static final int CANDIDATE = 4;
  private static final int SNAPSHOT = 5;
  private static final int NONE = 6;
  private static final int SERVICE_PACK = 7;
  private static final int OTHER = 8;

  @Override
  public Version parse(String version) {
    return new Reader(version).read();
  }

  private static final class Reader {

    private final String text;
    private final KeyWriter key;
    private boolean first = true;
    private boolean hyphen;
    /* Zeros and words for a release, until it is known whether something follows that keeps them. */
    private int zeros;
    private boolean zeroBehindHyphen;

    Reader(String text) {
      this.text = text;
      this.key = new KeyWriter(text.length());
    }

    SortKey read() {
      int at = 0;
      boolean more = true;
      while (more) {
        int end = tokenEnd(at);
        token(at, end);
        first = false;
        more = end < text.length();
        if (more) {
          char next = text.charAt(end);
          hyphen = next != '.';
          at = isSeparator(next) ? end + 1 : end;
        }
      }
      key.tag(RELEASE);
      return key.key();
    }

    private int tokenEnd(int from) {
      int end = from;
      if (Scan.isDigitAt(text, from)) {
        return Scan.afterDigits(text, from);
      }
      while (end < text.length()
          && !isSeparator(text.charAt(end))
          && !Scan.isDigit(text.charAt(end))) {
        end++;
      }
      return end;
    }

    private static boolean isSeparator(char c) {
      return c == '.' || c == '-';
    }

    private void token(int from, int to) {
      if (from == to || Scan.isDigit(text.charAt(from))) {
        if (Scan.afterZeros(text, from, to) == to) {
          nothing();
        } else {
          tag(ZERO_DOT_NUMBER, hyphen ? HYPHEN_NUMBER : DOT_NUMBER);
          key.number(text, from, to);
        }
        return;
      }
      int rank = rank(from, to);
      if (rank == NONE) {
        nothing();
        return;
      }
      if (first) {
        key.tag(FIRST_QUALIFIER);
      } else if (rank < NONE) {
        tag(ZERO_DOT_BEFORE_RELEASE, hyphen ? HYPHEN_BEFORE_RELEASE : DOT_BEFORE_RELEASE);
      } else {
        tag(ZERO_DOT_AFTER_RELEASE, hyphen ? HYPHEN_AFTER_RELEASE : DOT_AFTER_RELEASE);
      }
      key.tag(rank);
      if (rank == OTHER) {
        key.lowerCaseText(text, from, to);
      }
    }

    private void nothing() {
      if (hyphen) {
        zeros = 0;
        zeroBehindHyphen = true;
      } else {
        zeros++;
      }
    }

    /// Writes the tag of a token, after the zeros that it keeps: all behind a dot, none behind a
    /// hyphen.
    private void tag(int zeroTag, int tag) {
      if (!hyphen) {
        if (zeroBehindHyphen) {
          key.tag(HYPHEN_NUMBER);
          key.zero();
        }
        key.tags(zeroTag, zeros);
      }
      zeros = 0;
      zeroBehindHyphen = false;
      key.tag(tag);
    }

    private int rank(int from, int to) {
      return switch (to - from) {
        case 1 -> Scan.isDigitAt(text, to) ? shorthand(text.charAt(from)) : OTHER;
        case 2 -> twoLetters(from, to);
        case 4 -> is(from, to, "beta") ? BETA : OTHER;
        case 5 -> is(from, to, "alpha") ? ALPHA : is(from, to, "final") ? NONE : OTHER;
        case 7 -> is(from, to, "release") ? NONE : OTHER;
        case 8 -> is(from, to, "snapshot") ? SNAPSHOT : OTHER;
        case 9 -> is(from, to, "milestone") ? MILESTONE : OTHER;
        default -> OTHER;
      };
    }

    private int twoLetters(int from, int to) {
      if (is(from, to, "rc") || is(from, to, "cr")) {
        return CANDIDATE;
      }
      if (is(from, to, "ga")) {
        return NONE;
      }
      return is(from, to, "sp") ? SERVICE_PACK : OTHER;
    }

    private boolean is(int from, int to, String word) {
      return Scan.isWord(text, from, to, word);
    }

    private static int shorthand(char letter) {
      return switch (letter) {
        case 'a', 'A' -> ALPHA;
        case 'b', 'B' -> BETA;
        case 'm', 'M' -> MILESTONE;
        default -> OTHER;
      };
    }
  }
}
