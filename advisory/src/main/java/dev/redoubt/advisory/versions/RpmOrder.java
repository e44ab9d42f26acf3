// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

/// The order of RPM's `rpmvercmp` on epoch, version and release.
///
/// Runs of letters and runs of digits count, what separates them does not; `~` comes before the end
/// of a version, `^` after it, and a number after letters. A missing epoch is zero, a missing
/// release comes before any. The first hyphen starts the release.
final class RpmOrder implements VersionOrder {

  private static final int TILDE = 1;
  private static final int END = 2;
  private static final int CARET = 3;
  private static final int LETTERS = 4;
  private static final int NUMBER = 5;

  private static final int NO_RELEASE = 1;
  private static final int RELEASE = 2;

  @Override
  public Version parse(String version) {
    KeyWriter key = new KeyWriter(version.length());
    int colon = Scan.afterDigits(version, 0);
    int from = 0;
    if (Scan.isAt(version, colon, ':')) {
      key.number(version, 0, colon);
      from = colon + 1;
    } else {
      key.zero();
    }
    int hyphen = version.indexOf('-', from);
    if (hyphen < 0) {
      part(key, version, from, version.length());
      key.tag(NO_RELEASE);
    } else {
      part(key, version, from, hyphen);
      key.tag(RELEASE);
      part(key, version, hyphen + 1, version.length());
    }
    return key.key();
  }

  private static void part(KeyWriter key, String text, int from, int to) {
    int at = from;
    while (at < to) {
      char c = text.charAt(at);
      int end = at + 1;
      if (c == '~') {
        key.tag(TILDE);
      } else if (c == '^') {
        key.tag(CARET);
      } else if (Scan.isDigit(c)) {
        end = Scan.afterDigits(text, at);
        key.tag(NUMBER);
        key.number(text, at, end);
      } else if (Scan.isLetter(c)) {
        end = Scan.afterLetters(text, at);
        key.tag(LETTERS);
        key.text(text, at, end);
      }
      at = end;
    }
    key.tag(END);
  }
}
