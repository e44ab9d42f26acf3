// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.sbom;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Node;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Turns a CycloneDX document in its JSON shape into a graph.
final class CyclonedxReader {

  private static final Set<String> VERSIONS = Set.of("1.2", "1.3", "1.4", "1.5", "1.6", "1.7");
  private static final Set<String> PACKAGES = Set.of("library", "framework", "");
  private static final String MAKE_AGAIN = "make the bill of materials again as version 1.6";

  private final Node root;
  private final SbomGaps gaps;
  private final SbomGraph graph;
  private String rootRef = "";
  private String rootPurl = "";

  CyclonedxReader(String path, Node root) {
    this.root = root;
    gaps = new SbomGaps(path);
    graph = new SbomGraph(path, gaps);
  }

  Extraction extraction() throws DocumentException {
    String version = root.scalar("specVersion").orElse("");
    int line = root.get("specVersion").map(Node::line).orElse(root.line());
    if (!VERSIONS.contains(version)) {
      String reason = "CycloneDX \"%s\" is not supported".formatted(version);
      if (!version.startsWith("1.")) {
        throw new DocumentException(line, reason, MAKE_AGAIN);
      }
      gaps.add(line, reason + "; read as far as it is like 1.2 to 1.7", MAKE_AGAIN);
    }
    root.get("metadata")
        .flatMap(metadata -> metadata.get("component"))
        .ifPresent(about -> {
          rootRef = ref(about);
          rootPurl = about.text("purl").orElse("");
          subject(about);
        });
    for (Node component : root.items("components")) {
      add(component, "");
    }
    for (Node dependency : root.items("dependencies")) {
      String from = dependency.text("ref").orElse("");
      for (Node to : dependency.items("dependsOn")) {
        to.scalar().ifPresent(ref -> graph.depends(from, ref, Scope.UNKNOWN));
      }
    }
    for (Node composition : root.items("compositions")) {
      if (composition.text("aggregate").orElse("").startsWith("incomplete")) {
        gaps.add(
            composition.line(),
            "the bill of materials says that it is incomplete",
            "make it again with everything installed");
        break;
      }
    }
    return graph.extraction();
  }

  /* What is nested in the subject are its own modules. */
  private void subject(Node about) {
    graph.root(ref(about));
    about.items("components").forEach(this::subject);
  }

  private void add(Node component, String parent) {
    String id = ref(component);
    String purl = component.text("purl").orElse("").strip();
    boolean about = !rootRef.isEmpty() && id.equals(rootRef);
    if (about || (!rootPurl.isEmpty() && purl.equals(rootPurl))) {
      graph.root(id);
    }
    if (!(component instanceof Node.Obj)) {
      gaps.add(component.line(), "a component that is no object", MAKE_AGAIN);
      return;
    }
    String name = component.scalar("name").orElse("");
    String version = component.scalar("version").orElse("").strip();
    String group = component.scalar("group").orElse("");
    graph.add(
        new SbomPackage(
            id,
            SbomPackage.label(group, name.isEmpty() ? purl : name, version),
            new SbomPackage.Identity(purl, version),
            kind(component, purl),
            hashes(component),
            new SbomPackage.Place(scope(component), component.line())));
    if (!parent.isEmpty()) {
      graph.contains(parent, id);
    }
    for (Node inner : component.items("components")) {
      add(inner, id);
    }
  }

  /* Relationships name components by bom-ref; a document without one uses the package URL. */
  private static String ref(Node component) {
    return component.text("bom-ref").or(() -> component.text("purl")).orElse("");
  }

  private static SbomPackage.Kind kind(Node component, String purl) {
    String type = component.text("type").orElse("");
    if (type.equals("file")) {
      return SbomPackage.Kind.OTHER;
    }
    return purl.isEmpty() && !PACKAGES.contains(type)
        ? SbomPackage.Kind.HOLDER
        : SbomPackage.Kind.PACKAGE;
  }

  /* The specification has a component without a scope count as required. Tools that know development
  dependencies say so in a property of their own name space. */
  private static Scope scope(Node component) {
    for (Node property : component.items("properties")) {
      String name = property.text("name").orElse("");
      boolean development =
          name.startsWith("cdx:")
              && (name.endsWith(":development") || name.endsWith(":isDevRequirement"));
      if (development && property.scalar("value").orElse("").equals("true")) {
        return Scope.DEV;
      }
    }
    return switch (component.text("scope").orElse("")) {
      case "optional" -> Scope.OPTIONAL;
      case "excluded" -> Scope.DEV;
      default -> Scope.PROD;
    };
  }

  private static List<Hash> hashes(Node component) {
    return component.items("hashes").stream()
        .flatMap(hash ->
            hash.text("alg").isPresent() && hash.text("content").isPresent()
                ? Stream.of(
                    SbomPackage.hash(hash.text("alg").orElse(""), hash.text("content").orElse("")))
                : Stream.of())
        .toList();
  }
}
