// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.sbom;

import dev.redoubt.document.Node;
import dev.redoubt.scan.api.FileEntry;
import java.util.List;
import java.util.Locale;

/// What a document is, by its content, and what its name says it could be.
enum SbomFormat {
  CYCLONEDX,
  /// SPDX 2.
  SPDX,
  /// SPDX 3, JSON-LD.
  SPDX_3,
  /// No bill of materials that is known.
  NONE;

  private static final List<String> EITHER =
      List.of("bom", "sbom", "-bom", "-sbom", ".bom", ".sbom", "_sbom", "_bom");

  static SbomFormat of(Node root) {
    if (root.text("bomFormat").isPresent() || root.text("specVersion").isPresent()) {
      return CYCLONEDX;
    }
    if (root.get("spdxVersion").isPresent() || root.text("SPDXID").isPresent()) {
      return SPDX;
    }
    return context(root).contains("spdx.org/rdf/3") || root.get("spdxId").isPresent()
        ? SPDX_3
        : NONE;
  }

  /// Returns the addresses in `@context`, joined.
  static String context(Node root) {
    Node context = root.get("@context").orElse(new Node.Nothing(1));
    StringBuilder joined = new StringBuilder(context.scalar().orElse(""));
    context.items().forEach(item -> joined.append(' ').append(item.scalar().orElse("")));
    return joined.toString();
  }

  /// Returns whether the name is one that both formats use, in the manner of `sbom.json`.
  static boolean isEither(FileEntry file) {
    String name = file.name().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".json")) {
      return false;
    }
    String stem = name.substring(0, name.length() - ".json".length());
    return !stem.endsWith(".cdx")
        && !stem.endsWith(".spdx")
        && EITHER.stream().anyMatch(it -> it.charAt(0) < 'a' ? stem.endsWith(it) : stem.equals(it));
  }
}
