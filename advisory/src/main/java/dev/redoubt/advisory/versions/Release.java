// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

/// Numbers with dots between them, of which missing ones count as zero: `1.0` is `1`.
final class Release {

  private static final int END = 1;
  private static final int ZERO_BEFORE_NUMBER = 2;
  private static final int NUMBER = 3;

  private Release() {}

  /// Writes the numbers that start at `from` and returns the place after the last of them.
  ///
  /// Zeros are held back until a number above zero follows, so those at the end leave no trace.
  static int write(KeyWriter key, String version, int from) {
    int zeros = 0;
    int at = from;
    int end = Scan.afterDigits(version, at);
    while (end > at) {
      if (Scan.afterZeros(version, at, end) == end) {
        zeros++;
      } else {
        key.tags(ZERO_BEFORE_NUMBER, zeros);
        key.tag(NUMBER);
        key.number(version, at, end);
        zeros = 0;
      }
      boolean more = Scan.isAt(version, end, '.') && Scan.isDigitAt(version, end + 1);
      at = more ? end + 1 : end;
      end = Scan.afterDigits(version, at);
    }
    key.tag(END);
    return at;
  }
}
