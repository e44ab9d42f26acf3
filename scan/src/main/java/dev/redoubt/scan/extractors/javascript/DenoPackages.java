// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import dev.redoubt.document.Node;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The npm and JSR packages of a deno.lock.
///
/// The key of an npm package is `name@version`, with `_peer@version` behind it when it was resolved
/// with peers. Until version 3 a dependency maps a name to such a key; from version 4 on it is a
/// list of keys, cut down to the name where only one version of it is installed. JSR packages ask
/// for specifiers, in the manner of `jsr:@std/path@1`.
final class DenoPackages {

  private static final String NPM = "npm:";
  private static final String JSR = "jsr:";
  private static final String SEVERAL = "";

  private final String path;
  private final Node root;
  private final Node packages;
  private final List<Gap> gaps;
  private final LockGraph graph = new LockGraph();
  private final Map<String, String> only = new HashMap<>();
  private final Map<String, String> specifiers = new HashMap<>();
  private final Map<String, List<String>> specifiersOf = new HashMap<>();
  private final Set<String> transitive = new HashSet<>();

  DenoPackages(String path, Node root, List<Gap> gaps) {
    this.path = path;
    this.root = root;
    Node old = root.get("npm").filter(it -> it.get("packages").isPresent()).orElse(null);
    this.packages = root.get("packages").orElse(old == null ? root : old);
    this.gaps = gaps;
  }

  Extraction read() {
    Map<String, Node> npm = packages.fields(isVersion2() ? "packages" : "npm");
    npm.forEach((key, entry) -> add(NPM, key, entry));
    packages.fields("jsr").forEach((key, entry) -> add(JSR, key, entry));
    packages.fields("specifiers").forEach((key, to) -> specify(key, to));
    npm.forEach(this::connectNpm);
    packages.fields("jsr").forEach(this::connectJsr);
    Set<String> asked = workspace();
    // a module behind an address may be the one that asks
    boolean others = !root.fields("remote").isEmpty();
    specifiers.forEach((specifier, id) -> {
      if (asked.contains(specifier)) {
        graph.root(id, Scope.UNKNOWN);
      } else if (!transitive.contains(specifier)) {
        if (others) {
          graph.relationUnknown(id);
        } else {
          graph.root(id, Scope.UNKNOWN);
        }
      }
    });
    return Extraction.of(graph.components(), gaps);
  }

  private boolean isVersion2() {
    return root.get("packages").isEmpty()
        && root.get("npm").flatMap(it -> it.get("packages")).isPresent();
  }

  private void add(String kind, String key, Node entry) {
    Location at = new Location(path, entry.line());
    Optional<Descriptor> named = Descriptor.of(key);
    String version = named.map(it -> withoutPeers(it.rest())).orElse("");
    String name = named.map(Descriptor::name).orElse(key);
    Optional<Purl> purl =
        kind.equals(NPM) ? NpmName.purl(name, version) : NpmName.jsr(name, version);
    if (version.isEmpty() || purl.isEmpty()) {
      gaps.add(
          Gap.at(at, "\"%s\" is no name with a version".formatted(kind + key), "run deno install"));
      return;
    }
    graph.add(kind + key, purl.get(), at, hashes(kind, entry));
    only.merge(kind + name, kind + key, (_, _) -> SEVERAL);
  }

  private static String withoutPeers(String version) {
    int peers = version.indexOf('_');
    return peers < 0 ? version : version.substring(0, peers);
  }

  private static List<Hash> hashes(String kind, Node entry) {
    return kind.equals(NPM)
        ? Integrity.of(entry)
        : entry.text("integrity").map(it -> new Hash("sha256", it)).stream().toList();
  }

  /* npm:chalk@5 leads to npm:chalk@5.3.0 in version 3, to 5.3.0 in later ones, and chalk@5 to
  chalk@5.3.0 in version 2. */
  private void specify(String specifier, Node value) {
    String to = text(value);
    String kind = specifier.startsWith(JSR) ? JSR : NPM;
    String plain = specifier.startsWith(kind) ? specifier.substring(kind.length()) : specifier;
    String target = to.startsWith(kind) ? to : kind + to;
    if (!graph.has(target)) {
      target = kind + Descriptor.of(plain).map(Descriptor::name).orElse(plain) + "@" + to;
    }
    specifiers.put(kind + plain, target);
    specifiersOf.computeIfAbsent(target, _ -> new ArrayList<>()).add(kind + plain);
    if (!graph.has(target)) {
      gaps.add(
          Gap.at(
              new Location(path, value.line()),
              "\"%s\" is asked for and the file does not hold it".formatted(specifier),
              "run deno install"));
    }
  }

  private void connectNpm(String key, Node entry) {
    String id = NPM + key;
    entry.fields("dependencies").values().forEach(to -> graph.needs(id, NPM + text(to)));
    entry.fields("optionalDependencies").values().forEach(to -> graph.mayUse(id, NPM + text(to)));
    for (Node to : entry.items("dependencies")) {
      target(NPM, text(to)).ifPresent(it -> graph.needs(id, it));
    }
    for (Node to : entry.items("optionalDependencies")) {
      target(NPM, text(to)).ifPresent(it -> graph.mayUse(id, it));
    }
  }

  private void connectJsr(String key, Node entry) {
    for (Node item : entry.items("dependencies")) {
      String specifier = text(item);
      String kind = specifier.startsWith(NPM) ? NPM : JSR;
      String to = specifiers.get(specifier);
      if (to == null) {
        to =
            target(kind, specifier.substring(Math.min(kind.length(), specifier.length())))
                .orElse("");
        // cut down to its name it stands for the only one of that name
        transitive.addAll(specifiersOf.getOrDefault(to, List.of()));
      }
      transitive.add(specifier);
      graph.needs(JSR + key, to);
    }
  }

  /// Returns the package that `text` means: a key, `alias@npm:key`, or the name of the only
  /// version.
  private Optional<String> target(String kind, String text) {
    int alias = text.indexOf("@npm:");
    String key = kind + (alias > 0 ? text.substring(alias + 5) : text);
    if (graph.has(key)) {
      return Optional.of(key);
    }
    return Optional.ofNullable(only.get(key)).filter(it -> !it.equals(SEVERAL));
  }

  private Set<String> workspace() {
    Set<String> asked = new HashSet<>();
    Node workspace = root.get("workspace").orElse(null);
    member(workspace, asked);
    if (workspace != null) {
      workspace.fields("members").values().forEach(it -> member(it, asked));
    }
    return asked;
  }

  private static void member(@Nullable Node member, Set<String> asked) {
    if (member != null) {
      member.items("dependencies").forEach(it -> asked.add(text(it)));
      member
          .get("packageJson")
          .ifPresent(it -> it.items("dependencies").forEach(item -> asked.add(text(item))));
    }
  }

  private static String text(Node node) {
    return node.scalar().orElse("");
  }
}
