// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The schemas the formats are held against: the official ones from the artifacts that ADR 0055
/// names, and the published one of our own. Nothing is fetched.
final class OfficialSchemas {

  static final String SARIF = "urn:schema:sarif";
  static final String CYCLONEDX = "http://cyclonedx.org/schema/bom-1.6.schema.json";
  static final String SPDX = "urn:schema:spdx";
  static final String OWN = "urn:schema:own";

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_7, builder -> builder.schemas(texts()));

  private OfficialSchemas() {}

  /// Returns what is wrong with `json` by the schema `id`, empty when nothing is.
  static List<String> violations(String id, String json) {
    Schema schema = REGISTRY.getSchema(SchemaLocation.of(id));
    return schema
        .validate(
            json,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }

  private static Map<String, String> texts() {
    Map<String, String> texts = new HashMap<>();
    texts.put(SARIF, withoutId(resource("/schema/sarif-schema-2.1.0.json")));
    texts.put(CYCLONEDX, resource("/bom-1.6.schema.json"));
    texts.put("http://cyclonedx.org/schema/spdx.schema.json", resource("/spdx.schema.json"));
    texts.put(
        "http://cyclonedx.org/schema/jsf-0.82.schema.json", resource("/jsf-0.82.schema.json"));
    // Its dialect is written with an empty fragment, which no validator has in its list.
    texts.put(
        SPDX,
        withoutId(resource("/resources/spdx-schema-v2.3.json"))
            .replace("draft/2019-09/schema#", "draft/2019-09/schema"));
    texts.put(OWN, withoutId(file("docs/schema/scan-report-1.0.json")));
    return texts;
  }

  private static String withoutId(String schema) {
    return schema.replaceFirst("\"\\$id\"\\s*:\\s*\"[^\"]*\"\\s*,", "");
  }

  private static String resource(String name) {
    try (InputStream in = OfficialSchemas.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String file(String path) {
    try {
      return Files.readString(Path.of(System.getProperty("redoubt.root")).resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
