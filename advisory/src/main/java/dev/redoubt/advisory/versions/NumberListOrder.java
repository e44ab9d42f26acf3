// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

/// The order of lists of integers, of which a prefix comes before what it starts: `1.0 < 1.0.0`.
///
/// CRAN separates them by dots and hyphens alike (R's `package_version`), Hackage by dots
/// (Haskell's `Data.Version`). A component that is no integer comes before any that is.
final class NumberListOrder implements VersionOrder {

  static final NumberListOrder CRAN = new NumberListOrder(".-");
  static final NumberListOrder HACKAGE = new NumberListOrder(".");

  private static final int END = 0;
  private static final int TEXT = 1;
  private static final int NUMBER = 2;

  private final String separators;

  private NumberListOrder(String separators) {
    this.separators = separators;
  }

  @Override
  public Version parse(String version) {
    KeyWriter key = new KeyWriter(version.length());
    int at = 0;
    while (at <= version.length()) {
      int end = at;
      while (end < version.length() && separators.indexOf(version.charAt(end)) < 0) {
        end++;
      }
      if (Scan.isNumber(version, at, end)) {
        key.tag(NUMBER);
        key.number(version, at, end);
      } else if (end > at) {
        key.tag(TEXT);
        key.text(version, at, end);
      }
      at = end + 1;
    }
    key.tag(END);
    return key.key();
  }
}
