// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

/// The order of PHP's `version_compare`, which Composer uses after dropping a leading `v`.
///
/// A version is numbers and words; anything else separates. Only the kind of a word counts: any
/// unknown word, then `dev < alpha < beta < RC <` nothing `<` a number `< pl`. Words are known by
/// how they start, and by case.
final class PackagistOrder implements VersionOrder {

  private static final int UNKNOWN = 1;
  private static final int DEV = 2;
  private static final int ALPHA = 3;
  private static final int BETA = 4;
  private static final int CANDIDATE = 5;
  private static final int END = 6;
  private static final int NUMBER = 7;
  private static final int PATCH = 8;

  @Override
  public Version parse(String version) {
    KeyWriter key = new KeyWriter(version.length());
    int at = 0;
    while (Scan.isAt(version, at, 'v') || Scan.isAt(version, at, 'V')) {
      at++;
    }
    while (at < version.length()) {
      char c = version.charAt(at);
      int end = at + 1;
      if (Scan.isDigit(c)) {
        end = Scan.afterDigits(version, at);
        key.tag(NUMBER);
        key.number(version, at, end);
      } else if (Scan.isLetter(c)) {
        end = Scan.afterLetters(version, at);
        key.tag(kind(version, at));
      }
      at = end;
    }
    key.tag(END);
    return key.key();
  }

  private static int kind(String version, int at) {
    return switch (version.charAt(at)) {
      case 'a' -> ALPHA;
      case 'b' -> BETA;
      case 'p' -> PATCH;
      case 'd' -> version.startsWith("dev", at) ? DEV : UNKNOWN;
      case 'r' -> version.startsWith("rc", at) ? CANDIDATE : UNKNOWN;
      case 'R' -> version.startsWith("RC", at) ? CANDIDATE : UNKNOWN;
      default -> UNKNOWN;
    };
  }
}
