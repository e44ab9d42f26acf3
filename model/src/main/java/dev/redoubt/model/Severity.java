// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

/// How bad a finding is: the qualitative bands of CVSS 3.1 and 4.0, worst first. What has no rating
/// is [#UNKNOWN], never [#LOW].
public enum Severity {
  /// CVSS 9.0 to 10.0.
  CRITICAL,
  /// CVSS 7.0 to 8.9.
  HIGH,
  /// CVSS 4.0 to 6.9.
  MEDIUM,
  /// CVSS 0.0 to 3.9, the band that CVSS calls "none" included.
  LOW,
  /// No rating is known.
  UNKNOWN;

  /// Returns the band of a CVSS base score.
  ///
  /// @param score 0.0 to 10.0
  public static Severity ofScore(double score) {
    if (!(score >= 0 && score <= 10)) {
      throw new IllegalArgumentException("CVSS score %s is not within 0 to 10".formatted(score));
    }
    if (score >= 9) {
      return CRITICAL;
    }
    if (score >= 7) {
      return HIGH;
    }
    return score >= 4 ? MEDIUM : LOW;
  }
}
