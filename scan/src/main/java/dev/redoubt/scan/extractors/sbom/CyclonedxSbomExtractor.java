// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.sbom;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Reads CycloneDX bills of materials 1.2 to 1.7, JSON and XML.
///
/// Every component with a package URL counts, nested ones too; files and what the document itself
/// is about do not. A document of another version 1 is read as far as it is alike, and is a gap.
public final class CyclonedxSbomExtractor implements Extractor {

  private static final PluginId ID = new PluginId("cyclonedx-sbom");
  private static final List<String> ENDS =
      List.of(
          ".cdx.json",
          ".cdx.xml",
          ".cyclonedx.json",
          ".cyclonedx.xml",
          "-cyclonedx.json",
          "-cyclonedx.xml",
          ".bom.xml",
          "-bom.xml",
          ".sbom.xml",
          "-sbom.xml");
  private static final List<String> NAMES =
      List.of("bom.xml", "sbom.xml", "cyclonedx.json", "cyclonedx.xml", "cdx.json", "cdx.xml");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    String name = file.name().toLowerCase(Locale.ROOT);
    return NAMES.contains(name)
        || ENDS.stream().anyMatch(name::endsWith)
        || SbomFormat.isEither(file);
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    FileEntry entry = file.entry();
    byte[] bytes = file.bytes();
    Node root;
    if (entry.name().toLowerCase(Locale.ROOT).endsWith(".xml")) {
      root = CyclonedxXml.read(bytes);
    } else {
      root = Json.read(bytes, Limits.SCAN);
      SbomFormat format = SbomFormat.of(root);
      boolean spdx = format == SbomFormat.SPDX || format == SbomFormat.SPDX_3;
      if (spdx && SbomFormat.isEither(entry)) {
        return Extraction.EMPTY;
      }
      if (format != SbomFormat.CYCLONEDX) {
        throw new DocumentException(
            root.line(),
            "is no bill of materials: neither CycloneDX nor SPDX",
            "make the bill of materials again, or rename the file");
      }
    }
    return new CyclonedxReader(entry.path(), root).extraction();
  }
}
