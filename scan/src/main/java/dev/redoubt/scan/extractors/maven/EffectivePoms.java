// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.maven;

import dev.redoubt.model.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Joins POMs with their parents, active profiles and imported BOMs, as Maven 3 does.
///
/// A parent or BOM that is missing, and a ring of them, is reported once and left out.
final class EffectivePoms {

  private static final int MOST_PARENTS = 64;
  private static final int DEEPEST_IMPORT = 16;

  private final PomStore store;
  private final Missing missing;
  private final Map<String, EffectivePom> made = new HashMap<>();
  private final Map<String, String> versions = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  EffectivePoms(PomStore store, Missing missing) {
    this.store = store;
    this.missing = missing;
  }

  /// Returns the effective form of the artifact `gav`; empty when its POM is missing.
  ///
  /// @param at the place in the tree that leads there
  Optional<EffectivePom> find(Gav gav, Location at) {
    EffectivePom known = made.get(gav.toString());
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Pom> pom =
        store
            .module(gav)
            .filter(it -> effectiveVersion(it).equals(gav.version()))
            .or(() -> store.inRepository(gav));
    return pom.map(it -> {
      EffectivePom effective = of(it, List.of(), at);
      made.put(gav.toString(), effective);
      return effective;
    });
  }

  /// Returns the version of a module of the build, filled in.
  String effectiveVersion(Pom pom) {
    if (!pom.version().contains("${")) {
      return pom.version();
    }
    String known = versions.get(pom.at().path());
    if (known == null) {
      known = properties(pom, chain(pom, pom.at()), List.of()).fill(pom.version());
      versions.put(pom.at().path(), known);
    }
    return known;
  }

  /// Returns the effective form of `pom`, with `asked` active besides the profiles that are active
  /// anyway.
  EffectivePom of(Pom pom, List<Pom.Profile> asked, Location at) {
    List<Pom> chain = chain(pom, at);
    PomProperties properties = properties(pom, chain, asked);
    Map<String, Dependency> dependencies = new LinkedHashMap<>();
    Map<String, Dependency> managed = new LinkedHashMap<>();
    List<Dependency> imports = new ArrayList<>();
    for (int i = 0; i < chain.size(); i++) {
      Location place = i == 0 ? at : inherited(pom, at);
      for (Pom.Section section : sections(chain.get(i), i == 0 ? asked : List.of())) {
        for (Dependency dependency : filled(section.dependencies(), properties, place).values()) {
          dependencies.putIfAbsent(dependency.key(), dependency);
        }
        for (Dependency entry : filled(section.managed(), properties, place).values()) {
          boolean imported = entry.scope().equals("import") && entry.kind().type().equals("pom");
          if (imported) {
            imports.add(entry);
          } else {
            managed.putIfAbsent(entry.key(), entry);
          }
        }
      }
    }
    for (Dependency bom : imports) {
      imported(bom).forEach(managed::putIfAbsent);
    }
    Gav gav =
        properties.fill(
            new Gav(coordinate(chain, true), pom.gav().artifact(), coordinate(chain, false)));
    return new EffectivePom(
        gav,
        dependencies.values().stream().map(it -> manage(it, managed.get(it.key()))).toList(),
        managed,
        pom.links().relocation().map(properties::fill));
  }

  private static String coordinate(List<Pom> chain, boolean group) {
    for (Pom pom : chain) {
      String own = group ? pom.group() : pom.version();
      if (!own.isEmpty()) {
        return own;
      }
    }
    return "";
  }

  /* What a dependency leaves open is taken from the management of its own POM. */
  private static Dependency manage(Dependency dependency, @Nullable Dependency by) {
    if (by == null) {
      return dependency;
    }
    Dependency out = dependency;
    if (out.gav().version().isEmpty()) {
      out = out.withGav(by.gav());
    }
    if (out.scope().isEmpty()) {
      out = out.withScope(by.scope());
    }
    if (out.optional().isEmpty()) {
      out = out.withOptional(by.optional());
    }
    return out.exclusions().isEmpty() ? out.withExclusions(by.exclusions()) : out;
  }

  /* The line in this file to which something of a parent outside the tree belongs. */
  private static Location inherited(Pom pom, Location at) {
    return at.path().equals(pom.at().path()) ? pom.parent().map(Pom.Parent::at).orElse(at) : at;
  }

  private Map<String, Dependency> filled(
      List<Dependency> written, PomProperties properties, Location place) {
    Map<String, Dependency> filled = new LinkedHashMap<>();
    for (Dependency dependency : written) {
      Dependency.Kind kind =
          new Dependency.Kind(
              properties.fill(dependency.kind().type()),
              properties.fill(dependency.kind().classifier()));
      Dependency one =
          new Dependency(
              properties.fill(dependency.gav()),
              kind,
              properties.fill(dependency.scope()),
              properties.fill(dependency.optional()),
              dependency.exclusions().stream().map(properties::fill).toList(),
              store.place(dependency.at(), place));
      // Of two with the same key in one file the last counts.
      filled.put(one.key(), one);
    }
    return filled;
  }

  private Map<String, Dependency> imported(Dependency bom) {
    Gav gav = bom.gav();
    if (!gav.isPlain()) {
      missing.add(
          "bom " + gav,
          bom.at(),
          "the imported BOM %s has no fixed coordinates"
              .formatted(PomReader.shorten(gav.toString())),
          "write its version, or the property that holds it");
      return Map.of();
    }
    if (open.size() >= DEEPEST_IMPORT || !open.add(gav.toString())) {
      missing.add(
          "ring " + gav,
          bom.at(),
          "the imported BOM %s imports itself, or is nested too deep".formatted(gav),
          "remove the ring of imports");
      return Map.of();
    }
    Optional<EffectivePom> effective = find(gav, bom.at());
    open.remove(gav.toString());
    if (effective.isEmpty()) {
      missing.pom(gav, bom.at(), "the versions that this BOM manages are not known");
      return Map.of();
    }
    Map<String, Dependency> managed = new LinkedHashMap<>();
    effective.get().managed().forEach((key, entry) -> managed.put(key, entry.at(bom.at())));
    return managed;
  }

  /// Returns `pom`, its parent, the parent of that and so on.
  private List<Pom> chain(Pom pom, Location at) {
    List<Pom> chain = new ArrayList<>(List.of(pom));
    Set<String> seen = new HashSet<>(Set.of(pom.at().path()));
    Pom child = pom;
    while (child.parent().isPresent()) {
      Pom.Parent named = child.parent().get();
      Location place = store.place(named.at(), at);
      Optional<Pom> parent = store.parent(child, named);
      if (parent.isEmpty()) {
        missing.pom(
            named.gav(), place, "what %s inherits is not known".formatted(child.gav().artifact()));
        break;
      }
      if (!seen.add(parent.get().at().path()) || chain.size() >= MOST_PARENTS) {
        missing.add(
            "ring " + named.gav(),
            place,
            "the parents of %s form a ring, or are more than %d"
                .formatted(pom.gav().artifact(), MOST_PARENTS),
            "correct the parent element");
        break;
      }
      child = parent.get();
      chain.add(child);
    }
    return chain;
  }

  /* An active profile stands before the rest of its own file. */
  private static List<Pom.Section> sections(Pom pom, List<Pom.Profile> asked) {
    List<Pom.Section> sections = new ArrayList<>();
    asked.forEach(profile -> sections.add(profile.section()));
    for (Pom.Profile profile : pom.active().reversed()) {
      sections.add(profile.section());
    }
    sections.add(pom.section());
    return sections;
  }

  private static PomProperties properties(Pom pom, List<Pom> chain, List<Pom.Profile> asked) {
    Map<String, String> raw = new HashMap<>();
    for (int i = 0; i < chain.size(); i++) {
      for (Pom.Section section : sections(chain.get(i), i == 0 ? asked : List.of())) {
        section.properties().forEach(raw::putIfAbsent);
      }
    }
    Map<String, String> own = new HashMap<>();
    own.put("groupId", coordinate(chain, true));
    own.put("artifactId", pom.gav().artifact());
    own.put("version", coordinate(chain, false));
    own.put("packaging", pom.links().packaging());
    pom.parent()
        .ifPresent(parent -> {
          own.put("parent.groupId", parent.gav().group());
          own.put("parent.artifactId", parent.gav().artifact());
          own.put("parent.version", parent.gav().version());
        });
    own.forEach((name, value) -> {
      raw.put("project." + name, value);
      raw.put("pom." + name, value);
      raw.putIfAbsent(name, value);
    });
    return new PomProperties(raw);
  }
}
