// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.cvss;

import java.util.Map;

/// The base equation of CVSS 3.0 and 3.1, which is the same but for how 3.1 defines rounding up.
/// The definition of 3.1 is used for both: on all 2,592 base vectors it gives the scores of 3.0.
final class Cvss3 {

  private Cvss3() {}

  /// Returns ten times the base score.
  static int tenths(Map<String, String> vector) {
    boolean changed = is(vector, "S", "C");
    double missing =
        (1 - impact(vector, "C")) * (1 - impact(vector, "I")) * (1 - impact(vector, "A"));
    double base = 1 - missing;
    double impact =
        changed ? 7.52 * (base - 0.029) - 3.25 * Math.pow(base - 0.02, 15) : 6.42 * base;
    if (impact <= 0) {
      return 0;
    }
    double exploitability =
        8.22
            * accessVector(vector)
            * (is(vector, "AC", "L") ? 0.77 : 0.44)
            * privileges(vector, changed)
            * (is(vector, "UI", "N") ? 0.85 : 0.62);
    double sum = impact + exploitability;
    return roundUp(Math.min(changed ? 1.08 * sum : sum, 10));
  }

  /* By way of whole hundred-thousandths, so that the last bits of a double do not count. */
  private static int roundUp(double score) {
    long fine = Math.round(score * 100_000);
    return (int) Math.ceilDiv(fine, 10_000);
  }

  private static boolean is(Map<String, String> vector, String metric, String value) {
    return value.equals(vector.get(metric));
  }

  private static double impact(Map<String, String> vector, String metric) {
    return switch (vector.getOrDefault(metric, "")) {
      case "H" -> 0.56;
      case "L" -> 0.22;
      default -> 0;
    };
  }

  private static double accessVector(Map<String, String> vector) {
    return switch (vector.getOrDefault("AV", "")) {
      case "N" -> 0.85;
      case "A" -> 0.62;
      case "L" -> 0.55;
      default -> 0.2;
    };
  }

  private static double privileges(Map<String, String> vector, boolean changed) {
    return switch (vector.getOrDefault("PR", "")) {
      case "N" -> 0.85;
      case "L" -> changed ? 0.68 : 0.62;
      default -> changed ? 0.5 : 0.27;
    };
  }
}
