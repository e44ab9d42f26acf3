// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.sbom;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Yaml;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Reads SPDX bills of materials: 2.2 and 2.3 as JSON or YAML, 3.0 as JSON-LD.
///
/// Every package with a package URL counts, except what the document describes as its subject.
/// Files and snippets do not. Tag-value and RDF documents are gaps.
public final class SpdxSbomExtractor implements Extractor {

  private static final PluginId ID = new PluginId("spdx-sbom");
  private static final List<String> NOT_READ =
      List.of(".spdx", ".spdx.rdf", ".spdx.rdf.xml", ".spdx.xml");
  private static final List<String> READ =
      List.of(
          ".spdx.json",
          ".spdx.jsonld",
          ".spdx.json-ld",
          ".spdx3.json",
          "-spdx.json",
          ".spdx.yaml",
          ".spdx.yml");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    String name = file.name().toLowerCase(Locale.ROOT);
    return name.equals("spdx.json")
        || READ.stream().anyMatch(name::endsWith)
        || NOT_READ.stream().anyMatch(name::endsWith)
        || SbomFormat.isEither(file);
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    FileEntry entry = file.entry();
    String name = entry.name().toLowerCase(Locale.ROOT);
    if (NOT_READ.stream().anyMatch(name::endsWith)) {
      throw new DocumentException(
          null, "SPDX is read as JSON or YAML only", "convert the document to JSON");
    }
    boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
    Node root = yaml ? Yaml.read(file.bytes(), Limits.SCAN) : Json.read(file.bytes(), Limits.SCAN);
    return switch (SbomFormat.of(root)) {
      case SPDX -> new Spdx2Reader(entry.path(), root).extraction();
      case SPDX_3 -> new Spdx3Reader(entry.path(), root).extraction();
      case CYCLONEDX, NONE -> {
        if (SbomFormat.isEither(entry)) {
          // The extractor of CycloneDX reads or reports it.
          yield Extraction.EMPTY;
        }
        throw new DocumentException(
            root.line(),
            "is no SPDX document",
            "make the bill of materials again, or rename the file");
      }
    };
  }
}
