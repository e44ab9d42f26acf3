// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.cvss;

import java.util.Optional;
import java.util.OptionalDouble;

/// Computes the score of a CVSS vector of version 2.0, 3.0, 3.1 or 4.0.
public final class Cvss {

  private static final int LONGEST = 1000;

  private Cvss() {}

  /// Returns the score that `vector` stands for, from 0.0 to 10.0 with one decimal.
  ///
  /// Of versions 2 and 3 it is the base score, whatever temporal and environmental metrics the
  /// vector has. Of version 4.0, which has a single formula, it is the score of all metrics that
  /// the vector has: exploit maturity, requirements and modified metrics count when they are there.
  ///
  /// Empty when `vector` is not well-formed: no known version, a metric that is unknown, repeated
  /// or missing, a value that the metric does not have. The order of metrics is free. The version
  /// is the prefix, in the manner of `CVSS:3.1/`; a vector of version 2 has none and may be in
  /// parentheses. Takes microseconds for any text and throws for none.
  public static OptionalDouble baseScore(String vector) {
    if (vector.length() > LONGEST) {
      return OptionalDouble.empty();
    }
    String version =
        vector.startsWith("CVSS:") ? vector.substring(0, Math.min(9, vector.length())) : "";
    String metrics = vector.substring(version.length());
    return switch (version) {
      case "CVSS:4.0/" -> score(CvssVector.V4.read(metrics).map(Cvss4::tenths));
      case "CVSS:3.0/", "CVSS:3.1/" -> score(CvssVector.V3.read(metrics).map(Cvss3::tenths));
      case "" -> score(CvssVector.V2.read(withoutParentheses(metrics)).map(Cvss2::tenths));
      default -> OptionalDouble.empty();
    };
  }

  private static OptionalDouble score(Optional<Integer> tenths) {
    return tenths.isPresent() ? OptionalDouble.of(tenths.get() / 10.0) : OptionalDouble.empty();
  }

  private static String withoutParentheses(String vector) {
    return vector.startsWith("(") && vector.endsWith(")")
        ? vector.substring(1, vector.length() - 1)
        : vector;
  }
}
