// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.maven;

import dev.redoubt.model.Component;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.PurlException;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/* How Maven 3 decides, and so does this: artifacts are taken breadth first, and of several versions
the one nearest to the project wins, the first declared among equally near ones. Only the project's
own management reaches below its direct dependencies. Below those, optional, test and provided ones
are left out, and so is what a dependency on the way excludes. The scope of an artifact is the widest
of those by which it is reached, unless the project itself states one. */

/// Decides which artifacts a project ends up with.
final class MavenGraph {

  private static final int MOST_NODES = 20_000;
  private static final int MOST_MOVES = 8;
  private static final Set<String> NOT_PASSED_ON = Set.of("test", "provided", "system");
  private static final Set<String> CLOSED_TYPES = Set.of("war", "ear", "rar", "par");

  private final EffectivePoms poms;
  private final PomStore store;
  private final Missing missing;
  private final EffectivePom project;
  private final Map<String, Node> winners = new LinkedHashMap<>();
  private final Map<String, String> moves = new HashMap<>();
  private final Deque<Node> open = new ArrayDeque<>();

  /// @param exclusions what is excluded on the way here, and here
  private record Path(List<String> exclusions, boolean direct) {
    /// Returns the way on to a dependency of the artifact here.
    Path below(Dependency dependency) {
      return new Path(union(exclusions, dependency.exclusions()), false);
    }

    /// Returns the same place with what `dependency` excludes besides.
    Path and(Dependency dependency) {
      return new Path(union(exclusions, dependency.exclusions()), direct);
    }

    boolean excludes(Gav gav) {
      for (String exclusion : exclusions) {
        int colon = exclusion.indexOf(':');
        String group = exclusion.substring(0, colon);
        String artifact = exclusion.substring(colon + 1);
        if ((group.equals("*") || group.equals(gav.group()))
            && (artifact.equals("*") || artifact.equals(gav.artifact()))) {
          return true;
        }
      }
      return false;
    }
  }

  private static final class Node {
    final Dependency dependency;
    final Path path;
    final boolean module;
    final Map<String, String> scopes = new LinkedHashMap<>();
    int reach;
    boolean needed;

    Node(Dependency dependency, Path path, boolean module) {
      this.dependency = dependency;
      this.path = path;
      this.module = module;
    }
  }

  MavenGraph(EffectivePoms poms, PomStore store, Missing missing, EffectivePom project) {
    this.poms = poms;
    this.store = store;
    this.missing = missing;
    this.project = project;
  }

  /// Returns the artifacts that `direct` bring into the build, themselves included.
  List<Component> resolve(List<Dependency> direct) {
    for (Dependency dependency : direct) {
      if (isNamed(dependency)) {
        Dependency managed = excluding(dependency);
        open.add(new Node(managed, new Path(managed.exclusions(), true), isModule(managed)));
      }
    }
    while (!open.isEmpty()) {
      Node node = open.remove();
      String key = node.dependency.conflict();
      if (key.equals(project.gav().module() + ":jar:") || winners.putIfAbsent(key, node) != null) {
        continue;
      }
      if (winners.size() > MOST_NODES) {
        missing.add(
            "size",
            node.dependency.at(),
            "brings in more than %d artifacts; the rest is not listed".formatted(MOST_NODES),
            "split the project");
        break;
      }
      expand(node);
    }
    reach();
    return components();
  }

  private boolean isNamed(Dependency dependency) {
    Gav gav = dependency.gav();
    if (Gav.isName(gav.group()) && Gav.isName(gav.artifact())) {
      return true;
    }
    missing.add(
        "name " + gav + dependency.at(),
        dependency.at(),
        "a dependency without fixed coordinates: %s".formatted(PomReader.shorten(gav.module())),
        "write groupId and artifactId, or the properties that hold them");
    return false;
  }

  private boolean isModule(Dependency dependency) {
    return store
        .module(dependency.gav())
        .filter(pom -> poms.effectiveVersion(pom).equals(dependency.gav().version()))
        .isPresent();
  }

  private void expand(Node node) {
    Dependency dependency = node.dependency;
    Optional<String> version = dependency.pinned();
    if (version.isEmpty()) {
      unpinned(dependency);
      return;
    }
    if (dependency.scope().equals("system") || CLOSED_TYPES.contains(dependency.kind().type())) {
      return;
    }
    Optional<EffectivePom> pom = effective(node, version.get());
    if (pom.isEmpty()) {
      return;
    }
    for (Dependency child : pom.get().dependencies()) {
      if (NOT_PASSED_ON.contains(child.scope())
          || child.isOptional()
          || node.path.excludes(child.gav())) {
        continue;
      }
      Dependency managed = manage(child).at(dependency.at());
      if (isNamed(managed)) {
        node.scopes.merge(managed.conflict(), scope(managed), MavenGraph::wider);
        open.add(new Node(managed, node.path.below(managed), isModule(managed)));
      }
    }
  }

  /* An artifact that moved is not in the build: the one it became is, in the same place. */
  private Optional<EffectivePom> effective(Node node, String version) {
    Dependency dependency = node.dependency;
    Gav gav = new Gav(dependency.gav().group(), dependency.gav().artifact(), version);
    Optional<EffectivePom> pom = poms.find(gav, dependency.at());
    for (int i = 0; i < MOST_MOVES && pom.flatMap(EffectivePom::relocation).isPresent(); i++) {
      Gav moved = pom.flatMap(EffectivePom::relocation).get();
      gav =
          new Gav(
              moved.group().isEmpty() ? gav.group() : moved.group(),
              moved.artifact().isEmpty() ? gav.artifact() : moved.artifact(),
              moved.version().isEmpty() ? gav.version() : moved.version());
      pom = poms.find(gav, dependency.at());
      Dependency target = dependency.withGav(gav);
      String key = target.conflict();
      if (!key.equals(dependency.conflict())) {
        node.scopes.put(key, "compile");
        moves.put(dependency.conflict(), key);
        Dependency managed = node.path.direct() ? excluding(target) : manage(target);
        open.addFirst(new Node(managed, node.path.and(managed), isModule(managed)));
        return Optional.empty();
      }
    }
    if (pom.isEmpty() && store.hasRepository()) {
      missing.pom(gav, dependency.at(), "what it brings in is not known");
    }
    return pom;
  }

  private Dependency manage(Dependency child) {
    Dependency by = project.managed().get(child.key());
    if (by == null) {
      return child;
    }
    Dependency out = by.gav().version().isEmpty() ? child : child.withGav(by.gav());
    if (!by.scope().isEmpty()) {
      out = out.withScope(by.scope());
    }
    if (!by.optional().isEmpty()) {
      out = out.withOptional(by.optional());
    }
    return excluding(out);
  }

  /* Exclusions of the project's management hold at every depth, versions and scopes only below. */
  private Dependency excluding(Dependency dependency) {
    Dependency by = project.managed().get(dependency.key());
    return by == null
        ? dependency
        : dependency.withExclusions(union(dependency.exclusions(), by.exclusions()));
  }

  private static List<String> union(List<String> a, List<String> b) {
    return b.isEmpty() ? a : Stream.concat(a.stream(), b.stream()).distinct().toList();
  }

  private void unpinned(Dependency dependency) {
    String version = dependency.gav().version();
    String module = dependency.gav().module();
    String reason =
        version.isEmpty()
            ? "%s has no version, and no dependencyManagement that could be read gives it one"
                .formatted(module)
            : version.contains("${")
                ? "the version of %s is not known: \"%s\""
                    .formatted(module, PomReader.shorten(version))
                : "%s has no fixed version: \"%s\"".formatted(module, PomReader.shorten(version));
    missing.add(
        "version " + module + version,
        dependency.at(),
        reason,
        version.isEmpty() ? Missing.FETCH : "write one version");
  }

  /* Scopes only ever widen, so this ends even in a ring. */
  private void reach() {
    Deque<Node> changed = new ArrayDeque<>();
    for (Node node : winners.values()) {
      if (node.path.direct()) {
        node.reach = rank(scope(node.dependency));
        node.needed = !node.dependency.isOptional();
        changed.add(node);
      }
    }
    while (!changed.isEmpty()) {
      Node from = changed.remove();
      from.scopes.forEach((key, scope) -> {
        Node to = winners.get(key);
        if (to != null && !to.path.direct()) {
          int reach = Math.max(to.reach, Math.min(from.reach, rank(scope)));
          boolean needed = to.needed || (from.needed && from.reach > rank("test"));
          if (reach != to.reach || needed != to.needed) {
            to.reach = reach;
            to.needed = needed;
            changed.add(to);
          }
        }
      });
    }
  }

  private static String scope(Dependency dependency) {
    return dependency.scope().isEmpty() ? "compile" : dependency.scope();
  }

  private static String wider(String a, String b) {
    return rank(a) >= rank(b) ? a : b;
  }

  private static int rank(String scope) {
    return switch (scope) {
      case "test" -> 1;
      case "provided", "system" -> 2;
      case "runtime" -> 3;
      default -> 4;
    };
  }

  private List<Component> components() {
    Map<String, Purl> purls = new LinkedHashMap<>();
    winners.forEach((key, node) -> {
      if (!moves.containsKey(key)) {
        purl(node).ifPresent(purl -> purls.put(key, purl));
      }
    });
    List<Component> components = new ArrayList<>();
    purls.forEach((key, purl) -> {
      Node node = winners.get(key);
      if (node != null) {
        components.add(component(node, purl, purls));
      }
    });
    return components;
  }

  private Component component(Node node, Purl purl, Map<String, Purl> purls) {
    Scope scope = node.reach <= 1 ? Scope.DEV : node.needed ? Scope.PROD : Scope.OPTIONAL;
    Location at = node.dependency.at();
    return new Component(
        purl,
        scope,
        node.path.direct() ? Relation.DIRECT : Relation.TRANSITIVE,
        List.of(at),
        List.of(),
        node.scopes.keySet().stream()
            .map(key -> moves.getOrDefault(key, key))
            .flatMap(key -> Optional.ofNullable(purls.get(key)).stream())
            .filter(to -> !to.equals(purl))
            .distinct()
            .toList());
  }

  private Optional<Purl> purl(Node node) {
    if (node.module) {
      return Optional.empty();
    }
    try {
      return Optional.of(node.dependency.purl());
    } catch (PurlException e) {
      missing.add(
          "purl " + node.dependency.key(),
          node.dependency.at(),
          "a dependency that cannot be named: %s".formatted(e.getMessage()),
          "correct its coordinates");
      return Optional.empty();
    }
  }
}
