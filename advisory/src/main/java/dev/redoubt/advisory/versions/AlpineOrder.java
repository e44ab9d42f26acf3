// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

/// The order of apk-tools: numbers, a letter, suffixes such as `_rc1` and `_p2`, a commit, `-r3`.
///
/// The first number compares as one; a later number with a leading zero compares as text and comes
/// before one without. What apk would reject is ordered by the part that is valid, and then comes
/// before the version that ends there.
final class AlpineOrder implements VersionOrder {

  private static final int NUMBERS_END = 0;
  private static final int ZERO_LED = 1;
  private static final int NUMBER = 2;

  private static final int NO_LETTER = 0;

  private static final int ALPHA = 1;
  private static final int BETA = 2;
  private static final int PRE = 3;
  private static final int CANDIDATE = 4;
  private static final int SUFFIXES_END = 5;
  private static final int CVS = 6;
  private static final int SVN = 7;
  private static final int GIT = 8;
  private static final int HG = 9;
  private static final int PATCH = 10;

  private static final int REST = 1;
  private static final int HYPHEN_REST = 2;
  private static final int VALID = 3;

  @Override
  public Version parse(String version) {
    KeyWriter key = new KeyWriter(version.length());
    int at = numbers(key, version);
    if (at < version.length() && version.charAt(at) >= 'a' && version.charAt(at) <= 'z') {
      key.tag(version.charAt(at));
      at++;
    } else {
      key.tag(NO_LETTER);
    }
    at = suffixes(key, version, at);
    at = commit(key, version, at);
    revision(key, version, at);
    return key.key();
  }

  private static int numbers(KeyWriter key, String version) {
    int at = 0;
    int end = Scan.afterDigits(version, at);
    while (end > at) {
      if (at > 0 && version.charAt(at) == '0') {
        key.tag(ZERO_LED);
        key.text(version, at, end);
      } else {
        key.tag(NUMBER);
        key.number(version, at, end);
      }
      boolean more = Scan.isAt(version, end, '.') && Scan.isDigitAt(version, end + 1);
      at = more ? end + 1 : end;
      end = Scan.afterDigits(version, at);
    }
    key.tag(NUMBERS_END);
    return at;
  }

  private static int suffixes(KeyWriter key, String version, int from) {
    int at = from;
    while (Scan.isAt(version, at, '_')) {
      int end = Scan.afterLetters(version, at + 1);
      int rank = rank(version, at + 1, end);
      if (rank == SUFFIXES_END) {
        break;
      }
      key.tag(rank);
      at = Scan.afterDigits(version, end);
      key.number(version, end, at);
    }
    key.tag(SUFFIXES_END);
    return at;
  }

  private static int rank(String version, int from, int to) {
    return switch (to - from) {
      case 1 -> version.charAt(from) == 'p' ? PATCH : SUFFIXES_END;
      case 2 ->
          version.startsWith("rc", from)
              ? CANDIDATE
              : version.startsWith("hg", from) ? HG : SUFFIXES_END;
      case 3 -> threeLetters(version, from);
      case 4 -> version.startsWith("beta", from) ? BETA : SUFFIXES_END;
      case 5 -> version.startsWith("alpha", from) ? ALPHA : SUFFIXES_END;
      default -> SUFFIXES_END;
    };
  }

  private static int threeLetters(String version, int from) {
    if (version.startsWith("pre", from)) {
      return PRE;
    }
    if (version.startsWith("git", from)) {
      return GIT;
    }
    if (version.startsWith("svn", from)) {
      return SVN;
    }
    return version.startsWith("cvs", from) ? CVS : SUFFIXES_END;
  }

  private static int commit(KeyWriter key, String version, int from) {
    int end = from;
    if (Scan.isAt(version, from, '~')) {
      end = from + 1;
      while (end < version.length() && isHex(version.charAt(end))) {
        end++;
      }
    }
    key.text(version, from, end);
    return end;
  }

  private static boolean isHex(char c) {
    return Scan.isDigit(c) || (c >= 'a' && c <= 'f');
  }

  /// Writes the revision, then what is left. Without a revision a version equals revision zero but
  /// for the last byte, so that it comes right before it.
  private static void revision(KeyWriter key, String version, int from) {
    boolean explicit = version.startsWith("-r", from);
    int end = explicit ? Scan.afterDigits(version, from + 2) : from;
    key.number(version, explicit ? from + 2 : from, end);
    if (end == version.length()) {
      key.tag(VALID);
      key.tag(explicit ? 1 : 0);
    } else if (explicit || version.charAt(end) == '-') {
      key.tag(HYPHEN_REST);
    } else {
      key.tag(REST);
      key.text(version, end, version.length());
    }
  }
}
