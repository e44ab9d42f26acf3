// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.db;

import dev.redoubt.advisory.database.AdvisoryFile;
import dev.redoubt.advisory.database.Source;
import dev.redoubt.advisory.enrichment.Enrichment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The JSON that more than one of the commands writes.
final class DbJson {

  private DbJson() {}

  /// Writes what is known about a feed, or null.
  static void feed(JsonGenerator json, String name, Enrichment.@Nullable State state) {
    if (state == null) {
      json.writeNullProperty(name);
      return;
    }
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("source", state.feed().source());
    json.writeNumberProperty("entries", state.entries());
    json.writeNumberProperty("rejected", state.feed().rejected());
    instant(json, "asOf", state.feed().asOf());
    instant(json, "imported", state.feed().imported());
    json.writeStringProperty("sha256", state.feed().sha256());
    json.writeEndObject();
  }

  static void file(JsonGenerator json, AdvisoryFile file) {
    json.writeStartObject();
    json.writeStringProperty("ecosystem", file.ecosystem());
    json.writeStringProperty("file", file.path().toString());
    json.writeNumberProperty("records", file.size());
    json.writeNumberProperty("active", file.active());
    json.writeNumberProperty("bytes", file.length());
    json.writeStringProperty("sha256", file.sha256());
    json.writeArrayPropertyStart("sources");
    for (Source source : file.sources()) {
      json.writeStartObject();
      json.writeStringProperty("name", source.name());
      json.writeNumberProperty("records", source.records());
      rejected(json, source.rejected());
      instant(json, "asOf", source.asOf());
      instant(json, "imported", source.imported());
      json.writeStringProperty("licence", source.origin().licence());
      json.writeStringProperty("sha256", source.origin().sha256());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static void rejected(JsonGenerator json, Source.Rejected rejected) {
    json.writeObjectPropertyStart("rejected");
    json.writeNumberProperty("count", rejected.count());
    texts(json, "first", rejected.first());
    json.writeEndObject();
  }

  static void texts(JsonGenerator json, String name, List<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }

  /* The epoch stands for a source that does not say. */
  private static void instant(JsonGenerator json, String name, Instant instant) {
    json.writeStringProperty(name, instant.equals(Instant.EPOCH) ? null : instant.toString());
  }
}
