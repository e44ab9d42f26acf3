// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.engine;

import dev.redoubt.model.Component;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Makes components unique by purl.
final class Components {

  private Components() {}

  /// Returns one component a purl, sorted by purl: locations, hashes and dependencies are joined,
  /// the stronger scope (prod over dev) and the stronger relation (direct over transitive) stand.
  static List<Component> merged(Collection<Component> components) {
    Map<String, Component> byPurl = new TreeMap<>();
    for (Component component : components) {
      byPurl.merge(component.purl().toString(), component, Components::join);
    }
    return List.copyOf(byPurl.values());
  }

  private static Component join(Component a, Component b) {
    return new Component(
        a.purl(),
        strongest(a.scope(), b.scope()),
        strongest(a.relation(), b.relation()),
        union(a.locations(), b.locations()),
        union(a.hashes(), b.hashes()),
        union(a.dependsOn(), b.dependsOn()));
  }

  private static Scope strongest(Scope a, Scope b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Relation strongest(Relation a, Relation b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static <T extends Comparable<? super T>> List<T> union(List<T> a, List<T> b) {
    return Stream.concat(a.stream(), b.stream()).distinct().sorted().toList();
  }
}
