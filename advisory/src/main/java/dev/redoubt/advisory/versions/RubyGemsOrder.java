// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

/// The order of RubyGems' `Gem::Version`.
///
/// A version is runs of digits and runs of letters; a run of letters makes it a pre-release, and a
/// hyphen counts as the letters `pre`. Zeros before the first letters and at the end count for
/// nothing.
final class RubyGemsOrder implements VersionOrder {

  private static final int LETTERS = 1;
  private static final int ZERO_BEFORE_LETTERS = 2;
  private static final int END = 3;
  private static final int ZERO_BEFORE_NUMBER = 4;
  private static final int NUMBER = 5;

  private static final String HYPHEN = "pre";

  @Override
  public Version parse(String version) {
    KeyWriter key = new KeyWriter(version.length());
    int zeros = 0;
    boolean released = true;
    int at = 0;
    while (at < version.length()) {
      char c = version.charAt(at);
      int end = at + 1;
      if (Scan.isDigit(c)) {
        end = Scan.afterDigits(version, at);
        if (Scan.afterZeros(version, at, end) == end) {
          zeros++;
        } else {
          key.tags(ZERO_BEFORE_NUMBER, zeros);
          key.tag(NUMBER);
          key.number(version, at, end);
          zeros = 0;
        }
      } else if (c == '-' || Scan.isLetter(c)) {
        key.tags(ZERO_BEFORE_LETTERS, released ? 0 : zeros);
        key.tag(LETTERS);
        if (c == '-') {
          key.text(HYPHEN, 0, HYPHEN.length());
        } else {
          end = Scan.afterLetters(version, at);
          key.text(version, at, end);
        }
        zeros = 0;
        released = false;
      }
      at = end;
    }
    key.tag(END);
    return key.key();
  }
}
