// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Subject;
import dev.redoubt.scan.reach.RankedFinding;
import dev.redoubt.scan.thresholds.Ignored;
import dev.redoubt.scan.thresholds.Judgement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Names for findings that stay the same from scan to scan.
///
/// A name follows from the kind, the identity and the subject without its version: neither an edit
/// above the place nor an update to a version that is affected too makes a new one. Findings that
/// share all of that are told apart by their rank among each other.
final class Fingerprints {

  private final IdentityHashMap<RankedFinding, String> byFinding = new IdentityHashMap<>();

  Fingerprints(Judgement judgement) {
    List<RankedFinding> all = new ArrayList<>(judgement.findings());
    judgement.ignored().stream().map(Ignored::ranked).forEach(all::add);
    all.sort(
        Comparator.comparing((RankedFinding ranked) -> ranked.finding().subject().toString())
            .thenComparing(ranked -> ranked.finding().proof().summary())
            .thenComparing(ranked -> ranked.finding().locations().toString()));
    Map<String, Integer> seen = new HashMap<>();
    for (RankedFinding ranked : all) {
      String key = key(ranked.finding());
      int number = seen.merge(key, 1, Integer::sum);
      byFinding.put(ranked, Digest.sha256(number == 1 ? key : key + "\n" + number));
    }
  }

  /// Returns the name of `ranked`, 64 hexadecimal digits.
  String of(RankedFinding ranked) {
    String fingerprint = byFinding.get(ranked);
    if (fingerprint == null) {
      throw new IllegalArgumentException("not of this report: " + ranked);
    }
    return fingerprint;
  }

  private static String key(Finding finding) {
    String subject =
        switch (finding.subject()) {
          case Subject.OfComponent(Purl purl) -> purl.packageText();
          case Subject.OfServer(String server, String path) -> server + "\n" + path;
          case Subject.OfFile(String path) -> path;
        };
    return Words.of(finding.kind()) + "\n" + finding.identity().id() + "\n" + subject;
  }
}
