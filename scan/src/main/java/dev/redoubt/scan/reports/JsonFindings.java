// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Finding;
import dev.redoubt.scan.reach.RankedFinding;
import dev.redoubt.scan.thresholds.Ignored;
import dev.redoubt.scan.thresholds.Judgement;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The findings and the ignored findings of the JSON report.
final class JsonFindings {

  private JsonFindings() {}

  static void write(JsonGenerator json, Judgement judgement) {
    json.writeArrayPropertyStart("findings");
    judgement.findings().forEach(ranked -> finding(json, ranked));
    json.writeEndArray();
    json.writeArrayPropertyStart("ignored");
    judgement.ignored().forEach(ignored -> ignored(json, ignored));
    json.writeEndArray();
  }

  private static void finding(JsonGenerator json, RankedFinding ranked) {
    Finding finding = ranked.finding();
    json.writeStartObject();
    json.writeStringProperty("id", finding.identity().id());
    JsonInventory.strings(json, "aliases", finding.identity().aliases());
    json.writeStringProperty("kind", Words.of(finding.kind()));
    json.writeStringProperty("severity", Words.of(Words.severity(finding)));
    number(json, "score", finding.rating().score());
    json.writeNumberProperty("risk", ranked.risk());
    json.writeBooleanProperty("kev", finding.rating().exploited());
    number(json, "epss", finding.rating().epss());
    json.writeStringProperty("summary", finding.proof().summary());
    JsonInventory.text(json, "component", Words.component(finding));
    JsonInventory.text(json, "server", Words.server(finding));
    JsonInventory.text(json, "fixed", finding.proof().fixed());
    json.writeArrayPropertyStart("reach");
    for (var path : ranked.paths()) {
      json.writeStartArray();
      path.forEach(json::writeString);
      json.writeEndArray();
    }
    json.writeEndArray();
    JsonInventory.strings(json, "evidence", finding.proof().evidence());
    JsonInventory.locations(json, finding.locations());
    json.writeEndObject();
  }

  private static void ignored(JsonGenerator json, Ignored ignored) {
    Finding finding = ignored.ranked().finding();
    json.writeStartObject();
    json.writeStringProperty("id", finding.identity().id());
    JsonInventory.text(json, "component", Words.component(finding));
    JsonInventory.text(json, "server", Words.server(finding));
    json.writeStringProperty("reason", ignored.reason());
    JsonInventory.text(json, "expires", ignored.expires());
    json.writeStringProperty("source", ignored.source());
    json.writeEndObject();
  }

  static void number(JsonGenerator json, String name, @Nullable Double value) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, value);
    }
  }
}
