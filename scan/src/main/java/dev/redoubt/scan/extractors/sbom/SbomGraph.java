// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.sbom;

import dev.redoubt.model.Component;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.PurlException;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The packages of one document and what is said between them.
///
/// What the document is about (its root) is no component. What a root asks for is direct; when it
/// asks for something that only holds packages, such as an application without a package URL, the
/// holder's packages are direct too. What is asked for by those is transitive. What no root leads
/// to has an unknown relation, because a list that merely contains packages says nothing about who
/// asked for them.
final class SbomGraph {

  private final String path;
  private final SbomGaps gaps;
  private final Map<String, SbomPackage> packages = new LinkedHashMap<>();
  private final Map<String, Set<String>> depends = new HashMap<>();
  private final Map<String, Set<String>> contains = new HashMap<>();
  private final Map<String, Scope> asked = new HashMap<>();
  private final Set<String> roots = new LinkedHashSet<>();

  SbomGraph(String path, SbomGaps gaps) {
    this.path = path;
    this.gaps = gaps;
  }

  /// Adds a package. Of two with the same id the second stands apart, out of all relationships.
  void add(SbomPackage added) {
    String id = added.id().isEmpty() || packages.containsKey(added.id()) ? fresh() : added.id();
    packages.put(id, added);
  }

  private String fresh() {
    // No id of a document holds a line break.
    return "\n" + packages.size();
  }

  Optional<SbomPackage> find(String id) {
    return Optional.ofNullable(packages.get(id));
  }

  /// Says that the document is about `id`.
  void root(String id) {
    if (!id.isEmpty()) {
      roots.add(id);
    }
  }

  /// Says that `from` asks for `to`; `scope` is UNKNOWN when that is not said.
  void depends(String from, String to, Scope scope) {
    if (!from.equals(to)) {
      depends.computeIfAbsent(from, _ -> new LinkedHashSet<>()).add(to);
    }
    asked.merge(to, scope, (a, b) -> a.compareTo(b) <= 0 ? a : b);
  }

  /// Says that `to` is a part of `from`.
  void contains(String from, String to) {
    contains.computeIfAbsent(from, _ -> new LinkedHashSet<>()).add(to);
  }

  /// Returns whether anything is said to be in or below `id`.
  boolean holds(String id) {
    return depends.containsKey(id) || contains.containsKey(id);
  }

  /// Returns the components, and the gaps for the packages that are none.
  Extraction extraction() {
    Map<String, Purl> purls = purls();
    Set<String> direct = direct(purls);
    Set<String> reached = reached(direct);
    List<Component> components = new ArrayList<>();
    packages.forEach((id, found) -> {
      Purl purl = purls.get(id);
      if (purl == null) {
        return;
      }
      Relation relation =
          direct.contains(id)
              ? Relation.DIRECT
              : reached.contains(id) ? Relation.TRANSITIVE : Relation.UNKNOWN;
      Scope stated = found.place().scope();
      components.add(
          new Component(
              purl,
              stated == Scope.UNKNOWN ? asked.getOrDefault(id, stated) : stated,
              relation,
              List.of(new Location(path, found.place().line())),
              found.hashes().stream().distinct().toList(),
              depends.getOrDefault(id, Set.of()).stream()
                  .flatMap(to -> Optional.ofNullable(purls.get(to)).stream())
                  .filter(to -> !to.equals(purl))
                  .distinct()
                  .toList()));
    });
    return Extraction.of(components, gaps.list());
  }

  private Map<String, Purl> purls() {
    Map<String, Purl> purls = new LinkedHashMap<>();
    packages.forEach((id, found) -> {
      if (!roots.contains(id) && found.kind() != SbomPackage.Kind.OTHER) {
        purl(found).ifPresent(purl -> purls.put(id, purl));
      }
    });
    return purls;
  }

  private Optional<Purl> purl(SbomPackage found) {
    int line = found.place().line();
    String text = found.identity().purl();
    if (text.isEmpty()) {
      if (found.kind() == SbomPackage.Kind.PACKAGE) {
        gaps.add(
            line,
            "\"%s\" has no package URL, so nothing is known about it".formatted(found.label()),
            "make the bill of materials again with a tool that writes purls");
      }
      return Optional.empty();
    }
    try {
      Purl purl = Purl.parse(text);
      String version = found.identity().version();
      if (purl.version() == null && !version.isEmpty()) {
        purl =
            new Purl(
                purl.type(),
                purl.namespace(),
                purl.name(),
                version,
                purl.qualifiers(),
                purl.subpath());
      }
      if (purl.version() == null) {
        gaps.add(
            line,
            "\"%s\" has no version".formatted(found.label()),
            "make the bill of materials again from a build with locked versions");
      }
      return Optional.of(purl);
    } catch (PurlException e) {
      gaps.add(
          line,
          "\"%s\" has a malformed package URL: %s".formatted(found.label(), e.getMessage()),
          "correct the package URL");
      return Optional.empty();
    }
  }

  private Set<String> direct(Map<String, Purl> purls) {
    Set<String> direct = new HashSet<>();
    Set<String> holders = new HashSet<>(roots);
    Deque<String> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      String holder = open.remove();
      for (String to : depends.getOrDefault(holder, Set.of())) {
        if (purls.containsKey(to)) {
          direct.add(to);
        } else if (holders.add(to)) {
          open.add(to);
        }
      }
      for (String to : contains.getOrDefault(holder, Set.of())) {
        if (!purls.containsKey(to) && holders.add(to)) {
          open.add(to);
        }
      }
    }
    return direct;
  }

  private Set<String> reached(Set<String> direct) {
    Set<String> reached = new HashSet<>(direct);
    Deque<String> open = new ArrayDeque<>(direct);
    while (!open.isEmpty()) {
      for (String to : depends.getOrDefault(open.remove(), Set.of())) {
        if (reached.add(to)) {
          open.add(to);
        }
      }
    }
    return reached;
  }
}
