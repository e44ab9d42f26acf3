// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import dev.redoubt.advisory.enrichment.Enrichment;
import dev.redoubt.advisory.osv.Affected;
import dev.redoubt.advisory.osv.Evaluator;
import dev.redoubt.advisory.osv.OsvRange;
import dev.redoubt.advisory.osv.OsvRecord;
import dev.redoubt.model.Finding;
import dev.redoubt.model.Rating;
import dev.redoubt.model.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The records about one weakness of one package while they are put together.
final class Weakness {

  private static final int MAX_REFERENCES = 5;
  private static final int MAX_EVIDENCE = 8;
  private static final int MAX_VERSIONS = 6;

  private final List<OsvRecord> records = new ArrayList<>();
  private final List<Affected> affected = new ArrayList<>();
  private final List<String> vectors = new ArrayList<>();
  private final Set<String> evidence = new LinkedHashSet<>();
  private final TreeSet<String> names = new TreeSet<>();

  /// @param affected the parts of `record` about the package
  /// @param vectors the CVSS vectors of `record` for the package
  Weakness(OsvRecord record, List<Affected> affected, List<String> vectors) {
    this.records.add(record);
    this.affected.addAll(affected);
    this.vectors.addAll(vectors);
    affected.forEach(part -> evidence.add(record.id() + ": " + describe(part)));
    names.add(record.id());
    names.addAll(record.names().aliases());
  }

  /// Takes over everything from `other` when they share a name, and returns whether they do.
  boolean absorbed(Weakness other) {
    if (Collections.disjoint(names, other.names)) {
      return false;
    }
    records.addAll(0, other.records);
    affected.addAll(0, other.affected);
    vectors.addAll(other.vectors);
    List<String> later = List.copyOf(evidence);
    evidence.clear();
    evidence.addAll(other.evidence);
    evidence.addAll(later);
    names.addAll(other.names);
    return true;
  }

  AdvisoryMatch match(Evaluator.Judge judge, Enrichment enrichment) {
    String id = identity();
    List<String> aliases = names.stream().filter(name -> !name.equals(id)).toList();
    boolean malicious = records.stream().anyMatch(record -> record.assessment().malicious());
    Severities.Judgement judged = Severities.of(vectors, records);
    OptionalDouble epss = enrichment.epss(names);
    return new AdvisoryMatch(
        new Finding.Identity(id, aliases),
        malicious ? AdvisoryMatch.Kind.MALICIOUS : AdvisoryMatch.Kind.VULNERABLE,
        new Rating(
            malicious ? Severity.CRITICAL : judged.severity(),
            judged.score(),
            enrichment.isExploited(names),
            epss.isPresent() ? epss.getAsDouble() : null),
        new Finding.Proof(
            summary(),
            judge.fixed(affected).orElse(null),
            Stream.concat(evidence.stream().limit(MAX_EVIDENCE), Stream.ofNullable(judged.vector()))
                .toList()),
        records.stream()
            .flatMap(record -> record.text().references().stream())
            .distinct()
            .limit(MAX_REFERENCES)
            .toList(),
        records.stream().map(OsvRecord::id).distinct().sorted().toList());
  }

  /* The MAL id, else the CVE, else the GHSA, else the record's own; the first of several. */
  private String identity() {
    for (String prefix : List.of("MAL-", "CVE-", "GHSA-")) {
      String ceiling = names.ceiling(prefix);
      if (ceiling != null && ceiling.startsWith(prefix)) {
        return ceiling;
      }
    }
    return records.stream().map(OsvRecord::id).min(String::compareTo).orElseThrow();
  }

  private String summary() {
    return records.stream()
        .map(record -> record.text().summary())
        .filter(summary -> !summary.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String describe(Affected part) {
    List<String> words = new ArrayList<>();
    for (OsvRange range : part.ranges()) {
      switch (range.type()) {
        case SEMVER, ECOSYSTEM -> words.add(range.describe());
        case GIT -> words.add("a range of commits");
        case UNREADABLE -> words.add("a range of an unknown kind");
      }
    }
    if (words.isEmpty() && !part.versions().isEmpty()) {
      String listed = String.join(", ", part.versions().stream().limit(MAX_VERSIONS).toList());
      words.add(part.versions().size() > MAX_VERSIONS ? listed + ", …" : listed);
    }
    String release = part.coordinate().release();
    String ranges = String.join(" or ", words);
    return release.isEmpty() ? ranges : "%s (%s)".formatted(ranges, release);
  }
}
