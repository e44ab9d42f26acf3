// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import dev.redoubt.model.Component;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The packages of one lock file and who asks for whom, until scope and relation can be told.
///
/// A package has the id under which its own file knows it. A local package (a workspace member, a
/// linked or copied folder) takes part but is no component; what it asks for is direct. Scope is
/// what the file states, else how the package is reached: from what is needed in production, then
/// from what is optional, then from what only development needs.
final class LockGraph {

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<Scope, List<Entry>> roots = new LinkedHashMap<>();
  private boolean rootsUnknown;

  /// Adds a package; an id given twice keeps the first.
  void add(String id, Purl purl, Location at, List<Hash> hashes) {
    entries.putIfAbsent(id, new Entry(purl, at, hashes));
  }

  /// Adds a package that is no component.
  void addLocal(String id) {
    entries.putIfAbsent(id, new Entry(null, null, List.of()));
  }

  boolean has(String id) {
    return entries.containsKey(id);
  }

  /// Sets the scope that the file states for the package `id`.
  void state(String id, Scope scope) {
    Entry entry = entries.get(id);
    if (entry != null) {
      entry.stated = scope;
    }
  }

  /// Says that the package `from` needs the package `to`; either may be unknown.
  void needs(String from, String to) {
    edge(from, to, true);
  }

  /// Says that the package `from` uses the package `to` where it can be installed.
  void mayUse(String from, String to) {
    edge(from, to, false);
  }

  private void edge(String from, String to, boolean needed) {
    Entry source = entries.get(from);
    Entry target = entries.get(to);
    if (source != null && target != null && source != target) {
      (needed ? source.needed : source.optional).add(target);
      target.direct |= source.purl == null;
    }
  }

  /// Says that the project itself asks for the package `id`; with an unknown scope it reaches no
  /// other package.
  void root(String id, Scope scope) {
    Entry entry = entries.get(id);
    if (entry != null) {
      entry.direct = true;
      roots.computeIfAbsent(scope, _ -> new ArrayList<>()).add(entry);
    }
  }

  /// Says that what the project asks for cannot be told: every relation is unknown.
  void rootsUnknown() {
    rootsUnknown = true;
  }

  /// Says that the project may be what asks for the package `id`, and nothing tells.
  void relationUnknown(String id) {
    Entry entry = entries.get(id);
    if (entry != null) {
      entry.unsure = true;
    }
  }

  /// Returns the components in the order in which they were added.
  List<Component> components() {
    walk();
    List<Component> components = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (entry.purl != null && entry.at != null) {
        components.add(
            new Component(
                entry.purl,
                entry.scope(),
                relation(entry),
                List.of(entry.at),
                entry.hashes,
                entry.dependencies()));
      }
    }
    return components;
  }

  private Relation relation(Entry entry) {
    if (rootsUnknown) {
      return Relation.UNKNOWN;
    }
    if (entry.direct) {
      return Relation.DIRECT;
    }
    return entry.unsure ? Relation.UNKNOWN : Relation.TRANSITIVE;
  }

  private void walk() {
    Deque<Entry> optional = new ArrayDeque<>(roots(Scope.OPTIONAL));
    Deque<Entry> open = new ArrayDeque<>(roots(Scope.PROD));
    while (!open.isEmpty()) {
      Entry entry = open.removeLast();
      if (entry.reached == null) {
        entry.reached = Scope.PROD;
        open.addAll(entry.needed);
        optional.addAll(entry.optional);
      }
    }
    spread(optional, Scope.OPTIONAL);
    spread(new ArrayDeque<>(roots(Scope.DEV)), Scope.DEV);
  }

  private static void spread(Deque<Entry> open, Scope scope) {
    while (!open.isEmpty()) {
      Entry entry = open.removeLast();
      if (entry.reached == null) {
        entry.reached = scope;
        open.addAll(entry.needed);
        open.addAll(entry.optional);
      }
    }
  }

  private List<Entry> roots(Scope scope) {
    return roots.getOrDefault(scope, List.of());
  }

  private static final class Entry {
    final @Nullable Purl purl;
    final @Nullable Location at;
    final List<Hash> hashes;
    final List<Entry> needed = new ArrayList<>();
    final List<Entry> optional = new ArrayList<>();
    @Nullable Scope stated;
    @Nullable Scope reached;
    boolean direct;
    boolean unsure;

    Entry(@Nullable Purl purl, @Nullable Location at, List<Hash> hashes) {
      this.purl = purl;
      this.at = at;
      this.hashes = hashes;
    }

    Scope scope() {
      if (stated != null) {
        return stated;
      }
      return reached == null ? Scope.UNKNOWN : reached;
    }

    List<Purl> dependencies() {
      Set<Purl> purls = new LinkedHashSet<>();
      for (List<Entry> targets : List.of(needed, optional)) {
        for (Entry target : targets) {
          if (target.purl != null && !target.purl.equals(purl)) {
            purls.add(target.purl);
          }
        }
      }
      return List.copyOf(purls);
    }
  }
}
