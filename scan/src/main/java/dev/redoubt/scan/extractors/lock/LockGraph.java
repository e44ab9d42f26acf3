// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.lock;

import dev.redoubt.model.Component;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The packages that one lock file installs and who asks for them.
///
/// Several packages may share a key (one name in two versions); asking for the key then means all
/// of them. A local package is part of the project: it is no component, and what it asks for the
/// project asks for. Not safe to share between threads.
public final class LockGraph {

  private final Map<String, List<Locked>> installed = new LinkedHashMap<>();
  private final Map<String, Set<String>> local = new HashMap<>();
  private final Map<String, List<String>> bundled = new HashMap<>();
  private final Map<String, Scope> asked = new LinkedHashMap<>();
  private final Map<String, Scope> reached = new LinkedHashMap<>();

  /// Adds a package.
  public void install(Locked locked) {
    installed.computeIfAbsent(locked.key(), _ -> new ArrayList<>()).add(locked);
  }

  /// Adds a package that lies in the project itself.
  public void local(String key, List<String> needs) {
    local.computeIfAbsent(key, _ -> new LinkedHashSet<>()).addAll(needs);
  }

  /// Adds a package that comes with the language: no component, but what it needs is needed.
  public void bundled(String key, List<String> needs) {
    bundled.put(key, List.copyOf(needs));
  }

  /// Returns whether `key` is a local package.
  public boolean isLocal(String key) {
    return local.containsKey(key);
  }

  /// Says that the project asks for `key` by name. The stronger scope stands when this is said more
  /// than once.
  public void ask(String key, Scope scope) {
    asked.merge(key, scope, LockGraph::stronger);
    reach(key, scope);
  }

  /// Says that `key` is needed in `scope`, without the project asking for it by name.
  public void reach(String key, Scope scope) {
    reached.merge(key, scope, LockGraph::stronger);
  }

  /// Returns one component for each installed package, in the order of the file.
  ///
  /// A package has the strongest scope from which it can be reached, unknown when nothing reaches
  /// it. Edges that lead to a local package, to the package itself or to nothing are left out.
  ///
  /// @param unasked the relation of what the project does not ask for: transitive when it is known
  ///   what the project asks for, else unknown
  public List<Component> components(Relation unasked) {
    Map<String, Scope> scopes = scopes();
    Set<String> direct = direct();
    List<Component> components = new ArrayList<>();
    installed.forEach((key, packages) -> {
      for (Locked locked : packages) {
        components.add(
            new Component(
                locked.purl(),
                scopes.getOrDefault(key, Scope.UNKNOWN),
                direct.contains(key) ? Relation.DIRECT : unasked,
                List.of(locked.location()),
                locked.hashes(),
                dependsOn(locked)));
      }
    });
    return components;
  }

  private List<Purl> dependsOn(Locked locked) {
    Set<Purl> purls = new LinkedHashSet<>();
    for (String need : locked.needs()) {
      for (Locked target : installed.getOrDefault(need, List.of())) {
        purls.add(target.purl());
      }
    }
    purls.remove(locked.purl());
    return List.copyOf(purls);
  }

  private Map<String, Scope> scopes() {
    Map<String, Scope> scopes = new HashMap<>();
    for (Scope scope : Scope.values()) {
      Deque<String> open = new ArrayDeque<>();
      reached.forEach((key, wanted) -> {
        if (wanted == scope) {
          open.add(key);
        }
      });
      while (!open.isEmpty()) {
        String key = open.removeFirst();
        if (scopes.putIfAbsent(key, scope) == null) {
          installed.getOrDefault(key, List.of()).forEach(locked -> open.addAll(locked.needs()));
          open.addAll(local.getOrDefault(key, Set.of()));
          open.addAll(bundled.getOrDefault(key, List.of()));
        }
      }
    }
    return scopes;
  }

  private Set<String> direct() {
    Set<String> direct = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(asked.keySet());
    while (!open.isEmpty()) {
      String key = open.removeFirst();
      if (direct.add(key)) {
        open.addAll(local.getOrDefault(key, Set.of()));
      }
    }
    return direct;
  }

  private static Scope stronger(Scope a, Scope b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
