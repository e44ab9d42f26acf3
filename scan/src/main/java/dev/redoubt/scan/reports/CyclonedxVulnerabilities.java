// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Rating;
import dev.redoubt.model.Subject;
import dev.redoubt.scan.reach.RankedFinding;
import dev.redoubt.scan.thresholds.Ignored;
import dev.redoubt.scan.thresholds.Judgement;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The vulnerabilities of the CycloneDX report, one for each finding, so that what was decided
/// about one package never speaks for another.
final class CyclonedxVulnerabilities {

  private static final String VECTOR = "CVSS:";

  private static final Pattern FIXED = Pattern.compile("VEX (fixed|resolved)\\b");

  private final Judgement judgement;
  private final CyclonedxRefs refs;
  private final Fingerprints fingerprints;

  CyclonedxVulnerabilities(Judgement judgement, CyclonedxRefs refs) {
    this.judgement = judgement;
    this.refs = refs;
    this.fingerprints = new Fingerprints(judgement);
  }

  void write(JsonGenerator json) {
    json.writeArrayPropertyStart("vulnerabilities");
    judgement.findings().forEach(ranked -> vulnerability(json, ranked, null));
    judgement.ignored().forEach(ignored -> vulnerability(json, ignored.ranked(), ignored));
    json.writeEndArray();
  }

  private void vulnerability(JsonGenerator json, RankedFinding ranked, @Nullable Ignored ignored) {
    Finding finding = ranked.finding();
    json.writeStartObject();
    json.writeStringProperty("bom-ref", "finding:" + fingerprints.of(ranked).substring(0, 32));
    json.writeStringProperty("id", finding.identity().id());
    source(json, finding);
    references(json, finding);
    rating(json, finding);
    json.writeStringProperty("description", finding.proof().summary());
    if (!finding.proof().evidence().isEmpty()) {
      json.writeStringProperty("detail", String.join("\n", finding.proof().evidence()));
    }
    String fixed = finding.proof().fixed();
    if (fixed != null) {
      json.writeStringProperty("recommendation", "update to " + fixed);
    }
    if (ignored != null) {
      analysis(json, ignored);
    }
    affects(json, finding, ignored);
    properties(json, ranked, ignored);
    json.writeEndObject();
  }

  private static void source(JsonGenerator json, Finding finding) {
    json.writeObjectPropertyStart("source");
    Optional<String> link = AdvisoryLink.of(finding);
    json.writeStringProperty("name", link.isPresent() ? AdvisoryLink.DATABASE : "redoubt");
    link.ifPresent(url -> json.writeStringProperty("url", url));
    json.writeEndObject();
  }

  private static void references(JsonGenerator json, Finding finding) {
    Set<String> aliases = new LinkedHashSet<>(finding.identity().aliases());
    if (aliases.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("references");
    for (String alias : aliases) {
      json.writeStartObject();
      json.writeStringProperty("id", alias);
      json.writeObjectPropertyStart("source");
      json.writeStringProperty("name", AdvisoryLink.DATABASE);
      AdvisoryLink.of(alias).ifPresent(url -> json.writeStringProperty("url", url));
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /* The method follows from the vector, when the evidence quotes one; it is never guessed. */
  private static void rating(JsonGenerator json, Finding finding) {
    Rating rating = finding.rating();
    Optional<String> vector =
        finding.proof().evidence().stream().filter(one -> one.startsWith(VECTOR)).findFirst();
    json.writeArrayPropertyStart("ratings");
    json.writeStartObject();
    Double score = rating.score();
    if (score != null) {
      json.writeNumberProperty("score", score);
    }
    json.writeStringProperty("severity", Words.of(Words.severity(finding)));
    Optional<String> method = vector.flatMap(CyclonedxVulnerabilities::method);
    if (method.isPresent()) {
      json.writeStringProperty("method", method.get());
      json.writeStringProperty("vector", vector.get());
    } else if (score == null) {
      json.writeStringProperty("method", "other");
    }
    json.writeEndObject();
    json.writeEndArray();
  }

  private static Optional<String> method(String vector) {
    if (vector.startsWith("CVSS:4.0/")) {
      return Optional.of("CVSSv4");
    }
    if (vector.startsWith("CVSS:3.1/")) {
      return Optional.of("CVSSv31");
    }
    return vector.startsWith("CVSS:3.0/") ? Optional.of("CVSSv3") : Optional.empty();
  }

  /* A VEX statement has no last day and says that the product is not affected; an own decision to
  live with a finding for a while says nothing about that. */
  private static void analysis(JsonGenerator json, Ignored ignored) {
    String expires = ignored.expires();
    json.writeObjectPropertyStart("analysis");
    if (expires == null) {
      boolean fixed = FIXED.matcher(ignored.reason()).lookingAt();
      json.writeStringProperty("state", fixed ? "resolved" : "not_affected");
    } else {
      json.writeStringProperty("state", "in_triage");
      JsonInventory.strings(json, "response", List.of("will_not_fix"));
    }
    json.writeStringProperty(
        "detail",
        "%s%s (%s)"
            .formatted(
                ignored.reason(),
                expires == null ? "" : ", accepted until " + expires,
                ignored.source()));
    json.writeEndObject();
  }

  private void affects(JsonGenerator json, Finding finding, @Nullable Ignored ignored) {
    String status = ignored != null && ignored.expires() == null ? "unaffected" : "affected";
    json.writeArrayPropertyStart("affects");
    json.writeStartObject();
    json.writeStringProperty("ref", refs.of(finding.subject()));
    if (finding.subject() instanceof Subject.OfComponent(Purl purl)) {
      String version = purl.version();
      if (version != null) {
        json.writeArrayPropertyStart("versions");
        json.writeStartObject();
        json.writeStringProperty("version", version);
        json.writeStringProperty("status", status);
        json.writeEndObject();
        json.writeEndArray();
      }
    }
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void properties(
      JsonGenerator json, RankedFinding ranked, @Nullable Ignored ignored) {
    Rating rating = ranked.finding().rating();
    json.writeArrayPropertyStart("properties");
    CyclonedxReport.property(json, "kind", Words.of(ranked.finding().kind()));
    CyclonedxReport.property(json, "risk", String.valueOf(ranked.risk()));
    CyclonedxReport.property(json, "kev", String.valueOf(rating.exploited()));
    Double epss = rating.epss();
    if (epss != null) {
      CyclonedxReport.property(json, "epss", BigDecimal.valueOf(epss).toPlainString());
    }
    CyclonedxReport.property(json, "ignored", String.valueOf(ignored != null));
    for (List<String> path : ranked.paths()) {
      CyclonedxReport.property(json, "reach", String.join(" > ", path));
    }
    json.writeEndArray();
  }
}
