// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.thresholds;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Purl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The statements of VEX documents, OpenVEX 0.2 and CycloneDX 1.4 to 1.7 in JSON.
///
/// Only what says that a package is not affected has an effect: OpenVEX `not_affected` and `fixed`,
/// CycloneDX `not_affected`, `false_positive`, `resolved` and `resolved_with_pedigree`. A statement
/// holds for the product it names and for nothing else: one that names packages inside a product
/// holds only when the scan was told that it looks at that product. What cannot be applied is a
/// gap.
public final class Vex {

  /// No statements.
  public static final Vex NONE = new Vex(List.of(), List.of());

  private final List<VexStatement> statements;
  private final List<Gap> gaps;

  private Vex(List<VexStatement> statements, List<Gap> gaps) {
    this.statements = List.copyOf(statements);
    this.gaps = List.copyOf(gaps);
  }

  /// Returns the statements of one document.
  ///
  /// @param name how reports call the document
  /// @param product what is scanned, for statements about packages inside a product
  /// @throws DocumentException if it is neither OpenVEX nor CycloneDX
  public static Vex read(byte[] document, String name, Optional<Purl> product)
      throws DocumentException {
    Node root = Json.read(document, Limits.SCAN);
    Reading reading = new Reading(name, product);
    if (root.get("statements").isPresent()) {
      root.items("statements").forEach(reading::openVex);
    } else if (root.text("bomFormat").orElse("").equals("CycloneDX")) {
      reading.cycloneDx(root);
    } else {
      throw new DocumentException(
          1, "is neither an OpenVEX nor a CycloneDX document", "give a VEX document in JSON");
    }
    return new Vex(reading.statements, reading.gaps);
  }

  /// Returns the statements of both.
  public Vex and(Vex other) {
    return new Vex(
        Stream.concat(statements.stream(), other.statements.stream()).toList(),
        Stream.concat(gaps.stream(), other.gaps.stream()).toList());
  }

  List<VexStatement> statements() {
    return statements;
  }

  List<Gap> gaps() {
    return gaps;
  }

  private static final class Reading {

    private final String name;
    private final Optional<Purl> scanned;
    private final List<VexStatement> statements = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    Reading(String name, Optional<Purl> scanned) {
      this.name = name;
      this.scanned = scanned;
    }

    void openVex(Node statement) {
      String status = statement.text("status").orElse("");
      if (!status.equals("not_affected") && !status.equals("fixed")) {
        return;
      }
      List<String> names = vulnerability(statement);
      String reason =
          Stream.of(
                  Optional.of("VEX " + status),
                  statement.text("justification"),
                  statement.text("impact_statement"),
                  statement.text("status_notes"))
              .flatMap(Optional::stream)
              .reduce((a, b) -> a + ", " + b)
              .orElse(status);
      if (names.isEmpty() || statement.items("products").isEmpty()) {
        notApplied(statement, "names no vulnerability or no product");
      }
      for (Node product : statement.items("products")) {
        List<Node> parts = product.items("subcomponents");
        Optional<Purl> whole = purlOf(product);
        if (parts.isEmpty()) {
          add(names, whole.stream().toList(), Optional.empty(), reason, product);
        } else {
          List<Purl> packages = parts.stream().flatMap(part -> purlOf(part).stream()).toList();
          add(names, packages, whole, reason, product);
        }
      }
    }

    void cycloneDx(Node root) {
      Map<String, Purl> byReference = new HashMap<>();
      collect(root.items("components"), byReference, 0);
      for (Node vulnerability : root.items("vulnerabilities")) {
        Node analysis =
            vulnerability.get("analysis").orElse(new Node.Nothing(vulnerability.line()));
        String state = analysis.text("state").orElse("");
        switch (state) {
          case "not_affected", "false_positive", "resolved", "resolved_with_pedigree" -> {
            List<String> names = new ArrayList<>(vulnerability.text("id").stream().toList());
            for (Node reference : vulnerability.items("references")) {
              reference.text("id").ifPresent(names::add);
            }
            String reason =
                "VEX " + state + analysis.text("detail").map(detail -> ", " + detail).orElse("");
            for (Node affected : vulnerability.items("affects")) {
              add(
                  names,
                  affectedPackages(affected, byReference),
                  Optional.empty(),
                  reason,
                  affected);
            }
          }
          default -> {}
        }
      }
    }

    private void add(
        List<String> names, List<Purl> packages, Optional<Purl> product, String reason, Node at) {
      if (packages.isEmpty()) {
        notApplied(at, "names its product by something that is no purl");
      } else if (product.isPresent()
          && scanned.filter(purl -> PurlScope.covers(product.get(), purl)).isEmpty()) {
        notApplied(at, "is about packages inside \"%s\"".formatted(product.get()));
      } else {
        statements.add(new VexStatement(names, packages, product.orElse(null), reason, name));
      }
    }

    private void notApplied(Node at, String why) {
      gaps.add(
          new Gap(
              name,
              at.line(),
              "a VEX statement was not applied: it " + why,
              "name the package by its purl, or say --product with the product that is scanned"));
    }

    private static List<String> vulnerability(Node statement) {
      List<String> names = new ArrayList<>();
      Node vulnerability =
          statement.get("vulnerability").orElse(new Node.Nothing(statement.line()));
      vulnerability.scalar().ifPresent(names::add);
      vulnerability.text("name").ifPresent(names::add);
      for (Node alias : vulnerability.items("aliases")) {
        alias.scalar().ifPresent(names::add);
      }
      return names;
    }

    private static Optional<Purl> purlOf(Node product) {
      return product
          .scalar()
          .or(() ->
              product.fields("identifiers").containsKey("purl")
                  ? product.get("identifiers").flatMap(ids -> ids.text("purl"))
                  : product.text("@id"))
          .flatMap(Reading::purl);
    }

    private static List<Purl> affectedPackages(Node affected, Map<String, Purl> byReference) {
      String reference = affected.text("ref").orElse("");
      String local = reference.substring(reference.lastIndexOf('#') + 1);
      Optional<Purl> whole =
          Optional.ofNullable(byReference.get(local))
              .or(() -> purl(reference))
              .or(() -> purl(local));
      List<Node> versions =
          affected.items("versions").stream()
              .filter(version -> !version.text("status").orElse("").equals("affected"))
              .filter(version -> version.text("version").isPresent())
              .toList();
      if (versions.isEmpty()) {
        return whole.stream().toList();
      }
      return whole.stream()
          .flatMap(purl ->
              versions.stream()
                  .map(version -> purl.withVersion(version.text("version").orElseThrow())))
          .toList();
    }

    private static void collect(List<Node> components, Map<String, Purl> byReference, int depth) {
      if (depth > Limits.SCAN.depth()) {
        return;
      }
      for (Node component : components) {
        component
            .text("purl")
            .flatMap(Reading::purl)
            .ifPresent(
                purl -> byReference.put(component.text("bom-ref").orElse(purl.toString()), purl));
        collect(component.items("components"), byReference, depth + 1);
      }
    }

    private static Optional<Purl> purl(String text) {
      if (!text.startsWith("pkg:")) {
        return Optional.empty();
      }
      try {
        return Optional.of(Purl.parse(text));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }
}
