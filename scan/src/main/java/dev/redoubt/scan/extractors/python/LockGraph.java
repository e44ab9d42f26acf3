// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.python;

import dev.redoubt.document.Node;
import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The packages of one lock file and who needs whom. Not safe to share between threads.
final class LockGraph {

  /* No real lock holds more versions of a package; without a bound a lock of one name is quadratic. */
  private static final int MOST_VERSIONS = 64;

  private final String path;
  private final List<Pack> packs = new ArrayList<>();
  private final Map<String, List<Pack>> byName = new HashMap<>();
  private final List<Gap> gaps = new ArrayList<>();

  LockGraph(String path) {
    this.path = path;
  }

  /// One entry of the lock file.
  static final class Pack {
    final String name;
    final @Nullable String version;
    final Node entry;
    final @Nullable Purl purl;
    final List<Hash> hashes;
    final Set<Pack> needs = new LinkedHashSet<>();
    Scope scope = Scope.UNKNOWN;
    Relation relation = Relation.UNKNOWN;

    private Pack(
        String name, @Nullable String version, Node entry, @Nullable Purl purl, List<Hash> hashes) {
      this.name = name;
      this.version = version;
      this.entry = entry;
      this.purl = purl;
      this.hashes = hashes;
    }

    /// Returns whether it is a folder or archive of this project and no component.
    boolean isLocal() {
      return purl == null;
    }
  }

  /// Adds an installed package.
  Pack add(Node entry, Purl purl, List<Hash> hashes) {
    return place(new Pack(purl.name(), purl.version(), entry, purl, List.copyOf(hashes)));
  }

  /// Adds a package of this project, which is no component.
  Pack addLocal(Node entry, String name) {
    return place(new Pack(PypiName.normal(name), null, entry, null, List.of()));
  }

  private Pack place(Pack pack) {
    packs.add(pack);
    List<Pack> sameName = byName.computeIfAbsent(pack.name, _ -> new ArrayList<>());
    if (sameName.size() < MOST_VERSIONS) {
      sameName.add(pack);
    }
    return pack;
  }

  List<Pack> packs() {
    return packs;
  }

  /// Returns the packages called `name`, of which a lock may hold several for different platforms.
  List<Pack> named(String name) {
    return byName.getOrDefault(PypiName.normal(name), List.of());
  }

  /// Returns the packages called `name` at `version`; all of the name when none has the version.
  List<Pack> named(String name, @Nullable String version) {
    List<Pack> all = named(name);
    List<Pack> exact =
        all.stream().filter(it -> version != null && version.equals(it.version)).toList();
    return exact.isEmpty() ? all : exact;
  }

  /// Returns whether the lock holds more packages called `name` than any real one does.
  boolean isCrowded(String name) {
    return named(name).size() == MOST_VERSIONS;
  }

  void gap(Node at, String reason, String hint) {
    gaps.add(new Gap(path, at.line(), reason, hint));
  }

  List<Gap> gaps() {
    return gaps;
  }

  /// Gives `scope` to `roots` and to all they need, where none was given before. Call it with the
  /// strongest scope first.
  void reach(Collection<Pack> roots, Scope scope) {
    Deque<Pack> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      Pack pack = open.pop();
      if (pack.scope == Scope.UNKNOWN) {
        pack.scope = scope;
        open.addAll(pack.needs);
      }
    }
  }

  /// Takes relations from what the project asks for, and scopes too where the lock has none.
  void apply(PyProject project, boolean scopes) {
    Map<Scope, List<Pack>> roots = new HashMap<>();
    packs.forEach(it -> it.relation = Relation.TRANSITIVE);
    for (PyProject.Declared declared : project.declared()) {
      for (Pack pack : named(declared.requirement().name())) {
        pack.relation = Relation.DIRECT;
        roots.computeIfAbsent(declared.scope(), _ -> new ArrayList<>()).add(pack);
      }
    }
    if (scopes) {
      for (Scope scope : List.of(Scope.PROD, Scope.OPTIONAL, Scope.DEV)) {
        reach(roots.getOrDefault(scope, List.of()), scope);
      }
    }
  }

  List<Component> components() {
    List<Component> components = new ArrayList<>();
    for (Pack pack : packs) {
      Purl purl = pack.purl;
      if (purl != null) {
        Set<Purl> needs = new LinkedHashSet<>();
        for (Pack need : pack.needs) {
          Purl needed = need.purl;
          if (needed != null && !needed.equals(purl)) {
            needs.add(needed);
          }
        }
        Location at = new Location(path, pack.entry.line());
        components.add(
            new Component(
                purl, pack.scope, pack.relation, List.of(at), pack.hashes, List.copyOf(needs)));
      }
    }
    return components;
  }
}
