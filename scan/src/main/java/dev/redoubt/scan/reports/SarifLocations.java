// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Location;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Places in the SARIF report: relative to the scanned folder, or to the home folder for the
/// machine's own agents. The folders themselves are not written, they differ from machine to
/// machine.
final class SarifLocations {

  private static final String ROOT = "%SRCROOT%";
  private static final String HOME = "HOME";

  private SarifLocations() {}

  static void writeBases(JsonGenerator json) {
    json.writeObjectPropertyStart("originalUriBaseIds");
    base(json, ROOT, "The folder that was scanned.");
    base(json, HOME, "The home folder of the person who scanned.");
    json.writeEndObject();
  }

  private static void base(JsonGenerator json, String id, String meaning) {
    json.writeObjectPropertyStart(id);
    SarifText.write(json, "description", meaning);
    json.writeEndObject();
  }

  /// Writes one location object.
  ///
  /// @param location the place in a file, or null when it is not known
  /// @param name what stands there, in the manner of a purl or `server:github`
  /// @param kind what kind of thing that is
  static void write(JsonGenerator json, @Nullable Location location, String name, String kind) {
    json.writeStartObject();
    content(json, location, name, kind);
    json.writeEndObject();
  }

  /// Writes the properties of a location object that the caller opened and closes.
  static void content(JsonGenerator json, @Nullable Location location, String name, String kind) {
    if (location != null) {
      physical(json, location);
    }
    json.writeArrayPropertyStart("logicalLocations");
    json.writeStartObject();
    json.writeStringProperty("fullyQualifiedName", name);
    json.writeStringProperty("kind", kind);
    json.writeEndObject();
    json.writeEndArray();
  }

  /// Writes the physical location of a place whose line may be unknown.
  static void physical(JsonGenerator json, Location location) {
    json.writeObjectPropertyStart("physicalLocation");
    json.writeObjectPropertyStart("artifactLocation");
    boolean home = location.path().startsWith("~/");
    String path = home ? location.path().substring(2) : location.path();
    json.writeStringProperty("uri", UriText.ofPath(path));
    json.writeStringProperty("uriBaseId", home ? HOME : ROOT);
    json.writeEndObject();
    Integer line = location.line();
    if (line != null) {
      json.writeObjectPropertyStart("region");
      json.writeNumberProperty("startLine", line);
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
