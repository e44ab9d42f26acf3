// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Component;
import dev.redoubt.model.Finding;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Subject;
import dev.redoubt.scan.reach.RankedFinding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/// The packages of the SPDX report: the scanned folder and every component.
///
/// Licences, suppliers and download places are not looked at and say so.
final class SpdxPackages {

  private static final String NOT_LOOKED_AT = "NOASSERTION";

  private final ScanReport report;
  private final SpdxIds ids;
  private final Map<String, List<Finding>> findings = new HashMap<>();

  SpdxPackages(ScanReport report, SpdxIds ids) {
    this.report = report;
    this.ids = ids;
    for (RankedFinding ranked : report.judgement().findings()) {
      if (ranked.finding().subject() instanceof Subject.OfComponent(Purl purl)) {
        findings.computeIfAbsent(SpdxIds.of(purl), _ -> new ArrayList<>()).add(ranked.finding());
      }
    }
  }

  void write(JsonGenerator json) {
    json.writeArrayPropertyStart("packages");
    root(json);
    ids.components().forEach(component -> component(json, component));
    json.writeEndArray();
  }

  private void root(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("SPDXID", SpdxIds.ROOT);
    json.writeStringProperty("name", report.header().target());
    notLookedAt(json);
    json.writeStringProperty("primaryPackagePurpose", "APPLICATION");
    json.writeEndObject();
  }

  private void component(JsonGenerator json, Component component) {
    Purl purl = component.purl();
    json.writeStartObject();
    json.writeStringProperty("SPDXID", SpdxIds.of(purl));
    json.writeStringProperty("name", Words.name(purl));
    String version = purl.version();
    if (version != null) {
      json.writeStringProperty("versionInfo", version);
    }
    notLookedAt(json);
    checksums(json, component);
    references(json, component);
    json.writeStringProperty(
        "sourceInfo",
        component.locations().stream()
            .map(Location::toString)
            .collect(Collectors.joining(", ", "named in ", "")));
    json.writeStringProperty(
        "comment",
        "scope %s, relation %s"
            .formatted(Words.of(component.scope()), Words.of(component.relation())));
    json.writeStringProperty("primaryPackagePurpose", purpose(purl));
    json.writeEndObject();
  }

  private static String purpose(Purl purl) {
    return switch (purl.type()) {
      case "docker", "oci" -> "CONTAINER";
      default -> "LIBRARY";
    };
  }

  private static void notLookedAt(JsonGenerator json) {
    json.writeBooleanProperty("filesAnalyzed", false);
    for (String name :
        List.of(
            "downloadLocation",
            "supplier",
            "licenseConcluded",
            "licenseDeclared",
            "copyrightText")) {
      json.writeStringProperty(name, NOT_LOOKED_AT);
    }
  }

  private static void checksums(JsonGenerator json, Component component) {
    List<HashHex> hashes =
        component.hashes().stream().flatMap(hash -> HashHex.of(hash).stream()).distinct().toList();
    if (hashes.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("checksums");
    for (HashHex hash : hashes) {
      json.writeStartObject();
      json.writeStringProperty("algorithm", hash.algorithm().spdx());
      json.writeStringProperty("checksumValue", hash.digest());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void references(JsonGenerator json, Component component) {
    json.writeArrayPropertyStart("externalRefs");
    reference(json, "PACKAGE-MANAGER", "purl", component.purl().toString(), "");
    for (Finding finding : findings.getOrDefault(SpdxIds.of(component.purl()), List.of())) {
      String comment =
          "%s (%s): %s"
              .formatted(finding.identity().id(), Words.label(finding), finding.proof().summary());
      AdvisoryLink.of(finding)
          .ifPresent(link -> reference(json, "SECURITY", "advisory", link, comment));
    }
    json.writeEndArray();
  }

  private static void reference(
      JsonGenerator json, String category, String type, String locator, String comment) {
    json.writeStartObject();
    json.writeStringProperty("referenceCategory", category);
    json.writeStringProperty("referenceType", type);
    json.writeStringProperty("referenceLocator", locator);
    if (!comment.isEmpty()) {
      json.writeStringProperty("comment", comment);
    }
    json.writeEndObject();
  }
}
