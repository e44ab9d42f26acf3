// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.cvss;

import java.util.Map;

/// The base equation of CVSS 2.0.
final class Cvss2 {

  private Cvss2() {}

  /// Returns ten times the base score.
  static int tenths(Map<String, String> vector) {
    double impact =
        10.41
            * (1
                - (1 - impact(vector, "C"))
                    * (1 - impact(vector, "I"))
                    * (1 - impact(vector, "A")));
    double exploitability = 20 * accessVector(vector) * complexity(vector) * authentication(vector);
    double score = (0.6 * impact + 0.4 * exploitability - 1.5) * (impact == 0 ? 0 : 1.176);
    return (int) Math.round(score * 10);
  }

  private static double impact(Map<String, String> vector, String metric) {
    return switch (vector.getOrDefault(metric, "")) {
      case "C" -> 0.660;
      case "P" -> 0.275;
      default -> 0;
    };
  }

  private static double accessVector(Map<String, String> vector) {
    return switch (vector.getOrDefault("AV", "")) {
      case "N" -> 1.0;
      case "A" -> 0.646;
      default -> 0.395;
    };
  }

  private static double complexity(Map<String, String> vector) {
    return switch (vector.getOrDefault("AC", "")) {
      case "L" -> 0.71;
      case "M" -> 0.61;
      default -> 0.35;
    };
  }

  private static double authentication(Map<String, String> vector) {
    return switch (vector.getOrDefault("Au", "")) {
      case "N" -> 0.704;
      case "S" -> 0.56;
      default -> 0.45;
    };
  }
}
