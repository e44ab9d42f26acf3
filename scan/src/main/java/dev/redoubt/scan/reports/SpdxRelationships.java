// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Component;
import dev.redoubt.model.Relation;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/// The relationships of the SPDX report.
///
/// What the folder asks for it depends on; a package that nothing is known to ask for is contained
/// in it.
final class SpdxRelationships {

  private SpdxRelationships() {}

  static void write(JsonGenerator json, SpdxIds ids) {
    json.writeArrayPropertyStart("relationships");
    write(json, SpdxIds.DOCUMENT, "DESCRIBES", SpdxIds.ROOT);
    Set<String> askedFor = new HashSet<>();
    for (Component component : ids.components()) {
      component.dependsOn().forEach(purl -> askedFor.add(SpdxIds.of(purl)));
    }
    for (Component component : ids.components()) {
      ofRoot(json, component, askedFor);
      Set<String> dependencies = new LinkedHashSet<>();
      component.dependsOn().stream().filter(ids::has).map(SpdxIds::of).forEach(dependencies::add);
      String id = SpdxIds.of(component.purl());
      dependencies.forEach(dependency -> write(json, id, "DEPENDS_ON", dependency));
    }
    json.writeEndArray();
  }

  private static void ofRoot(JsonGenerator json, Component component, Set<String> askedFor) {
    String id = SpdxIds.of(component.purl());
    if (component.relation() == Relation.DIRECT) {
      switch (component.scope()) {
        case PROD, UNKNOWN -> write(json, SpdxIds.ROOT, "DEPENDS_ON", id);
        case OPTIONAL -> write(json, id, "OPTIONAL_DEPENDENCY_OF", SpdxIds.ROOT);
        case DEV -> write(json, id, "DEV_DEPENDENCY_OF", SpdxIds.ROOT);
      }
    } else if (!askedFor.contains(id)) {
      write(json, SpdxIds.ROOT, "CONTAINS", id);
    }
  }

  private static void write(JsonGenerator json, String from, String type, String to) {
    json.writeStartObject();
    json.writeStringProperty("spdxElementId", from);
    json.writeStringProperty("relationshipType", type);
    json.writeStringProperty("relatedSpdxElement", to);
    json.writeEndObject();
  }
}
