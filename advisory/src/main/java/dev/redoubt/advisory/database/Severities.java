// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import dev.redoubt.advisory.cvss.Cvss;
import dev.redoubt.advisory.osv.OsvRecord;
import dev.redoubt.model.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Decides how bad a weakness is from what its records say.
///
/// The vector of the newest CVSS version wins (4.0, 3.1, 3.0, 2.0), because it is the one its
/// author chose last and the versions are not comparable; among several of that version the worst.
/// Without a readable vector the source's own word gives the band and no score. Without either it
/// is unknown.
final class Severities {

  private Severities() {}

  /// A band, with the CVSS score and the vector it was computed from when there is one.
  record Judgement(Severity severity, @Nullable Double score, @Nullable String vector) {}

  /// @param vectors of the package itself when there are any, else of the records
  static Judgement of(List<String> vectors, List<OsvRecord> records) {
    int newest = -1;
    double worst = 0;
    String decisive = null;
    for (String vector : vectors) {
      OptionalDouble score = Cvss.baseScore(vector);
      int generation = generation(vector);
      if (score.isPresent()
          && (generation > newest || (generation == newest && score.getAsDouble() > worst))) {
        worst = score.getAsDouble();
        newest = generation;
        decisive = vector;
      }
    }
    if (decisive != null) {
      return new Judgement(Severity.ofScore(worst), worst, decisive);
    }
    List<Severity> bands = new ArrayList<>();
    records.forEach(record -> bands.add(band(record.assessment().label())));
    return new Judgement(
        bands.stream().min(Severity::compareTo).orElse(Severity.UNKNOWN), null, null);
  }

  private static int generation(String vector) {
    if (vector.startsWith("CVSS:4.0/")) {
      return 4;
    }
    if (vector.startsWith("CVSS:3.1/")) {
      return 3;
    }
    return vector.startsWith("CVSS:3.0/") ? 2 : 1;
  }

  private static Severity band(String label) {
    return switch (label) {
      case "CRITICAL" -> Severity.CRITICAL;
      case "HIGH", "IMPORTANT" -> Severity.HIGH;
      case "MODERATE", "MEDIUM" -> Severity.MEDIUM;
      case "LOW", "NEGLIGIBLE", "MINOR" -> Severity.LOW;
      default -> Severity.UNKNOWN;
    };
  }
}
