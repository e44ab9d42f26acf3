// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.sbom;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Node;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Turns the graph of an SPDX 3 document, in its JSON-LD form, into ours.
final class Spdx3Reader {

  private static final String MAKE_AGAIN = "make the bill of materials again as SPDX 3.0.1";
  private static final Set<String> HOLDERS =
      Set.of("application", "container", "operatingSystem", "device", "firmware", "platform");
  private static final Set<String> OTHERS =
      Set.of("file", "archive", "data", "filesystemImage", "diskImage", "model");

  private final Node root;
  private final SbomGaps gaps;
  private final SbomGraph graph;
  private final Map<String, Node> collections = new HashMap<>();
  private final List<Node> documents = new ArrayList<>();
  private final Set<String> described = new LinkedHashSet<>();

  Spdx3Reader(String path, Node root) {
    this.root = root;
    gaps = new SbomGaps(path);
    graph = new SbomGraph(path, gaps);
  }

  Extraction extraction() throws DocumentException {
    checkVersion();
    List<Node> elements = root.get("@graph").isPresent() ? root.items("@graph") : List.of(root);
    for (Node element : elements) {
      switch (type(element)) {
        case "Package" -> add(element);
        case "Relationship", "LifecycleScopedRelationship" -> relate(element);
        case "SpdxDocument" -> documents.add(element);
        case "Sbom", "Bom", "Bundle" -> collections.put(id(element), element);
        default -> {}
      }
    }
    describe();
    Spdx2Reader.markRoots(described, graph);
    return graph.extraction();
  }

  /* The document's root is often a collection, whose own roots are the subject. */
  private void describe() {
    Set<String> seen = new LinkedHashSet<>();
    List<Node> open = new ArrayList<>(documents.isEmpty() ? collections.values() : documents);
    for (int i = 0; i < open.size(); i++) {
      for (String id : references(open.get(i), "rootElement")) {
        Node collection = collections.get(id);
        if (collection == null) {
          described.add(id);
        } else if (seen.add(id)) {
          open.add(collection);
        }
      }
      for (Node imported : open.get(i).items("import")) {
        gaps.add(
            imported.line(),
            "refers to an element of another document, which is not read: \"%s\""
                .formatted(imported.text("externalSpdxId").orElse("")),
            "scan that document as well");
      }
    }
  }

  private void checkVersion() throws DocumentException {
    String context = SbomFormat.context(root);
    int at = context.indexOf("spdx.org/rdf/3");
    String version = at < 0 ? "" : context.substring(at + "spdx.org/rdf/".length());
    int slash = version.indexOf('/');
    version = slash < 0 ? version : version.substring(0, slash);
    if (!version.equals("3.0") && !version.startsWith("3.0.")) {
      String reason = "SPDX version \"%s\" is not supported".formatted(version);
      if (!version.startsWith("3.")) {
        throw new DocumentException(root.line(), reason, MAKE_AGAIN);
      }
      gaps.add(root.line(), reason + "; read as far as it is like 3.0", MAKE_AGAIN);
    }
  }

  /// Returns the type without the name of its profile: `software_Package` is `Package`.
  private static String type(Node element) {
    String type = element.text("type").or(() -> element.text("@type")).orElse("");
    int cut =
        Math.max(Math.max(type.lastIndexOf('_'), type.lastIndexOf('/')), type.lastIndexOf(':'));
    return type.substring(cut + 1);
  }

  private static String id(Node element) {
    return element.text("spdxId").or(() -> element.text("@id")).orElse("");
  }

  private static String field(Node element, String name) {
    return element
        .scalar("software_" + name)
        .or(() -> element.scalar("software:" + name))
        .or(() -> element.scalar(name))
        .orElse("")
        .strip();
  }

  private void add(Node element) {
    String version = field(element, "packageVersion");
    String purpose = field(element, "primaryPurpose");
    String purl = purl(element);
    SbomPackage.Kind kind =
        !purl.isEmpty()
            ? SbomPackage.Kind.PACKAGE
            : HOLDERS.contains(purpose)
                ? SbomPackage.Kind.HOLDER
                : OTHERS.contains(purpose) ? SbomPackage.Kind.OTHER : SbomPackage.Kind.PACKAGE;
    List<Hash> hashes = new ArrayList<>();
    for (Node method : element.items("verifiedUsing")) {
      String value = method.text("hashValue").orElse("");
      if (!value.isEmpty()) {
        String algorithm = method.text("algorithm").orElse("unknown");
        hashes.add(SbomPackage.hash(algorithm.substring(algorithm.lastIndexOf('/') + 1), value));
      }
    }
    graph.add(
        new SbomPackage(
            id(element),
            SbomPackage.label("", element.scalar("name").orElse(purl), version),
            new SbomPackage.Identity(purl, version),
            kind,
            hashes,
            new SbomPackage.Place(Scope.UNKNOWN, element.line())));
  }

  private static String purl(Node element) {
    String stated = field(element, "packageUrl");
    if (!stated.isEmpty()) {
      return stated;
    }
    for (Node identifier : element.items("externalIdentifier")) {
      String type = identifier.text("externalIdentifierType").orElse("");
      String last = type.substring(type.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
      if (last.equals("packageurl") || last.equals("purl")) {
        return identifier.text("identifier").orElse("").strip();
      }
    }
    return "";
  }

  private void relate(Node relationship) {
    String type = relationship.text("relationshipType").orElse("");
    Scope scope = scope(relationship.text("scope").orElse(""));
    for (String from : references(relationship, "from")) {
      for (String to : references(relationship, "to")) {
        switch (type.substring(type.lastIndexOf('/') + 1)) {
          case "describes" -> described.add(to);
          case "contains" -> graph.contains(from, to);
          case "dependsOn", "hasPrerequisite" -> graph.depends(from, to, scope);
          case "hasOptionalDependency", "hasOptionalComponent" ->
              graph.depends(from, to, Scope.OPTIONAL);
          case "hasProvidedDependency", "hasDynamicLink", "hasStaticLink" ->
              graph.depends(from, to, scope == Scope.UNKNOWN ? Scope.PROD : scope);
          case "usesTool" -> graph.depends(from, to, Scope.DEV);
          default -> {}
        }
      }
    }
  }

  private static Scope scope(String lifecycle) {
    return switch (lifecycle.substring(lifecycle.lastIndexOf('/') + 1)) {
      case "runtime" -> Scope.PROD;
      case "build", "design", "development", "test" -> Scope.DEV;
      default -> Scope.UNKNOWN;
    };
  }

  /* A reference is an id, or an object with one; a list of one may be written without the list. */
  private static List<String> references(Node element, String field) {
    Node value = element.get(field).orElse(new Node.Nothing(1));
    List<Node> items = value instanceof Node.Arr ? value.items() : List.of(value);
    return items.stream()
        .map(item -> item.scalar().orElseGet(() -> id(item)))
        .filter(id -> !id.isEmpty())
        .toList();
  }
}
