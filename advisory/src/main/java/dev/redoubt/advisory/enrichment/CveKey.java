// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.enrichment;

import java.util.OptionalLong;

/// A CVE id as a number that sorts like the id.
final class CveKey {

  private static final int PREFIX = 4;
  private static final int YEAR_END = 8;
  private static final int MAX_LENGTH = 19;

  private CveKey() {}

  /// Returns the key of `CVE-YYYY-N…`, in any case, or empty for any other text.
  static OptionalLong of(String id) {
    if (id.length() < YEAR_END + 2
        || id.length() > MAX_LENGTH
        || !id.regionMatches(true, 0, "CVE-", 0, PREFIX)
        || id.charAt(YEAR_END) != '-') {
      return OptionalLong.empty();
    }
    long year = digits(id, PREFIX, YEAR_END);
    long number = digits(id, YEAR_END + 1, id.length());
    return year < 0 || number < 0
        ? OptionalLong.empty()
        : OptionalLong.of(year * 10_000_000_000L + number);
  }

  private static long digits(String text, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }
}
