// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reach;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Rating;
import java.util.List;

/// The risk score, 0 to 100. The formula is published in `docs/risk-score.md`; a test keeps both
/// equal.
final class Risk {

  private static final double MOST_IMPACT = 60;
  private static final double MOST_LIKELIHOOD = 20;
  private static final double MOST_REACH = 20;
  private static final double DEVELOPMENT_FACTOR = 0.5;

  private Risk() {}

  /// Returns impact plus likelihood plus reach, halved for what is only needed in development,
  /// rounded to one decimal.
  static double of(Finding finding, List<List<String>> paths, boolean developmentOnly) {
    boolean malicious = finding.kind() == Finding.Kind.MALICIOUS;
    double impact = malicious ? MOST_IMPACT : severity(finding.rating()) / 10 * MOST_IMPACT;
    double likelihood = malicious ? MOST_LIKELIHOOD : likelihood(finding.rating());
    double total = impact + likelihood + reach(paths);
    // What is installed to build runs on the developer's machine, so a malicious package is never
    // halved.
    double scoped = developmentOnly && !malicious ? total * DEVELOPMENT_FACTOR : total;
    return Math.round(scoped * 10) / 10.0;
  }

  private static double severity(Rating rating) {
    Double score = rating.score();
    if (score != null) {
      return score;
    }
    return switch (rating.severity()) {
      case CRITICAL -> 9.5;
      case HIGH -> 8.0;
      case MEDIUM -> 5.5;
      case LOW -> 2.0;
      case UNKNOWN -> 5.0;
    };
  }

  private static double likelihood(Rating rating) {
    if (rating.exploited()) {
      return MOST_LIKELIHOOD;
    }
    Double epss = rating.epss();
    return epss == null ? 0 : epss * MOST_LIKELIHOOD;
  }

  private static double reach(List<List<String>> paths) {
    long servers = distinct(paths, "server:");
    long agents = distinct(paths, "agent:");
    long credentials = distinct(paths, "credential:");
    long tools = distinct(paths, "tool:");
    double points =
        (servers > 0 ? 4 : 0)
            + Math.min(3, agents)
            + (credentials > 0 ? 8 : 0)
            + Math.min(3, Math.max(0, credentials - 1))
            + Math.min(2, tools * 0.5);
    return Math.min(MOST_REACH, points);
  }

  private static long distinct(List<List<String>> paths, String prefix) {
    return paths.stream()
        .flatMap(List::stream)
        .filter(id -> id.startsWith(prefix))
        .distinct()
        .count();
  }
}
