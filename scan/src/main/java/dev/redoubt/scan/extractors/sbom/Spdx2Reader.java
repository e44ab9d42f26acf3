// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.sbom;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Node;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Turns an SPDX 2 document into a graph.
final class Spdx2Reader {

  private static final Set<String> VERSIONS = Set.of("SPDX-2.2", "SPDX-2.3");
  private static final String MAKE_AGAIN = "make the bill of materials again as SPDX 2.3";
  private static final Set<String> HOLDERS =
      Set.of(
          "APPLICATION", "CONTAINER", "OPERATING-SYSTEM", "OPERATING_SYSTEM", "DEVICE", "FIRMWARE");
  private static final Set<String> OTHERS = Set.of("FILE", "ARCHIVE", "DATA");
  private static final String DOCUMENT = "SPDXRef-DOCUMENT";

  private final Node root;
  private final SbomGaps gaps;
  private final SbomGraph graph;
  private final Set<String> described = new LinkedHashSet<>();

  Spdx2Reader(String path, Node root) {
    this.root = root;
    gaps = new SbomGaps(path);
    graph = new SbomGraph(path, gaps);
  }

  Extraction extraction() throws DocumentException {
    checkVersion();
    root.items("packages").forEach(this::add);
    root.items("documentDescribes").forEach(it -> it.scalar().ifPresent(described::add));
    for (Node relationship : root.items("relationships")) {
      relate(
          relationship.text("spdxElementId").orElse(""),
          relationship.text("relationshipType").orElse(""),
          relationship.text("relatedSpdxElement").orElse(""));
    }
    for (Node other : root.items("externalDocumentRefs")) {
      gaps.add(
          other.line(),
          "refers to another document, which is not read: \"%s\""
              .formatted(other.scalar("spdxDocument").orElse("")),
          "scan that document as well");
    }
    markRoots(described, graph);
    return graph.extraction();
  }

  /* A tool may describe every package instead of naming one subject. Then none of them is the subject,
  unless it is the one that holds others. */
  static void markRoots(Set<String> described, SbomGraph graph) {
    for (String id : described) {
      if (graph.find(id).isPresent() && (graph.holds(id) || described.size() == 1)) {
        graph.root(id);
      }
    }
  }

  private void checkVersion() throws DocumentException {
    String version = root.scalar("spdxVersion").orElse("");
    if (!VERSIONS.contains(version)) {
      int line = root.get("spdxVersion").map(Node::line).orElse(root.line());
      String reason = "SPDX version \"%s\" is not supported".formatted(version);
      if (!version.startsWith("SPDX-2.")) {
        throw new DocumentException(line, reason, MAKE_AGAIN);
      }
      gaps.add(line, reason + "; read as far as it is like 2.3", MAKE_AGAIN);
    }
  }

  private void add(Node entry) {
    if (!(entry instanceof Node.Obj)) {
      gaps.add(entry.line(), "a package that is no object", MAKE_AGAIN);
      return;
    }
    String version = entry.scalar("versionInfo").orElse("").strip();
    String purpose = entry.text("primaryPackagePurpose").orElse("");
    List<String> purls = new ArrayList<>();
    for (Node reference : entry.items("externalRefs")) {
      if (reference.text("referenceType").orElse("").endsWith("purl")) {
        reference.text("referenceLocator").ifPresent(purls::add);
      }
    }
    String purl = purls.isEmpty() ? "" : purls.getFirst().strip();
    SbomPackage.Kind kind =
        !purl.isEmpty()
            ? SbomPackage.Kind.PACKAGE
            : HOLDERS.contains(purpose)
                ? SbomPackage.Kind.HOLDER
                : OTHERS.contains(purpose) ? SbomPackage.Kind.OTHER : SbomPackage.Kind.PACKAGE;
    List<Hash> hashes = new ArrayList<>();
    for (Node checksum : entry.items("checksums")) {
      String value = checksum.text("checksumValue").orElse("");
      if (!value.isEmpty()) {
        hashes.add(SbomPackage.hash(checksum.text("algorithm").orElse("unknown"), value));
      }
    }
    graph.add(
        new SbomPackage(
            entry.text("SPDXID").orElse(""),
            SbomPackage.label("", entry.scalar("name").orElse(purl), version),
            new SbomPackage.Identity(purl, isNone(version) ? "" : version),
            kind,
            hashes,
            new SbomPackage.Place(Scope.UNKNOWN, entry.line())));
  }

  private static boolean isNone(String value) {
    return value.equals("NOASSERTION") || value.equals("NONE");
  }

  private void relate(String from, String type, String to) {
    if (from.isEmpty() || isNone(to) || to.isEmpty()) {
      return;
    }
    switch (type) {
      case "DESCRIBES" -> describe(from, to);
      case "DESCRIBED_BY" -> describe(to, from);
      case "CONTAINS" -> graph.contains(from, to);
      case "CONTAINED_BY" -> graph.contains(to, from);
      case "DEPENDS_ON", "HAS_PREREQUISITE" -> graph.depends(from, to, Scope.UNKNOWN);
      case "DYNAMIC_LINK", "STATIC_LINK" -> graph.depends(from, to, Scope.PROD);
      case "DEPENDENCY_OF", "PREREQUISITE_FOR" -> graph.depends(to, from, Scope.UNKNOWN);
      case "RUNTIME_DEPENDENCY_OF", "PROVIDED_DEPENDENCY_OF" -> graph.depends(to, from, Scope.PROD);
      case "OPTIONAL_DEPENDENCY_OF", "OPTIONAL_COMPONENT_OF" ->
          graph.depends(to, from, Scope.OPTIONAL);
      case "BUILD_DEPENDENCY_OF",
          "DEV_DEPENDENCY_OF",
          "TEST_DEPENDENCY_OF",
          "BUILD_TOOL_OF",
          "DEV_TOOL_OF",
          "TEST_TOOL_OF" ->
          graph.depends(to, from, Scope.DEV);
      default -> {}
    }
  }

  private void describe(String document, String subject) {
    if (document.equals(root.text("SPDXID").orElse(DOCUMENT))) {
      described.add(subject);
    }
  }
}
