// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import dev.redoubt.document.Node;
import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Scope;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One document of a pnpm lock file.
///
/// Up to version 6 a package states whether it is for development only; from version 9 on that
/// follows from who asks for it. A package that was resolved with different peers is several
/// entries with one identity.
final class PnpmPackages {

  private static final String REGENERATE = "run pnpm install";
  private static final List<Map.Entry<String, Scope>> SECTIONS =
      List.of(
          Map.entry("dependencies", Scope.PROD),
          Map.entry("optionalDependencies", Scope.OPTIONAL),
          Map.entry("devDependencies", Scope.DEV),
          Map.entry("configDependencies", Scope.DEV),
          Map.entry("packageManagerDependencies", Scope.DEV));

  private final String path;
  private final PnpmKeys keys;
  private final List<Gap> gaps;
  private final LockGraph graph = new LockGraph();

  PnpmPackages(String path, PnpmKeys keys, List<Gap> gaps) {
    this.path = path;
    this.keys = keys;
    this.gaps = gaps;
  }

  List<Component> read(Node document) {
    Map<String, Node> packages = document.fields("packages");
    Map<String, Node> snapshots = keys == PnpmKeys.AT ? document.fields("snapshots") : packages;
    if (keys == PnpmKeys.AT) {
      addSnapshots(packages, snapshots);
    } else {
      packages.forEach((key, entry) -> add(key, entry, entry));
    }
    snapshots.forEach(this::connect);
    Map<String, Node> importers = document.fields("importers");
    if (importers.isEmpty()) {
      ask(document);
    } else {
      importers.values().forEach(this::ask);
    }
    return graph.components();
  }

  /* What a package is stands in packages, who asks for it in snapshots, once for each set of
  peers. */
  private void addSnapshots(Map<String, Node> packages, Map<String, Node> snapshots) {
    Set<String> used = new HashSet<>();
    snapshots.forEach((key, snapshot) -> {
      String plain = keys.withoutPeers(key);
      Node entry = packages.get(plain);
      used.add(plain);
      add(key, entry == null ? snapshot : entry, snapshot);
    });
    packages.forEach((key, entry) -> {
      if (!used.contains(key)) {
        add(key, entry, entry);
      }
    });
  }

  private void add(String key, Node entry, Node snapshot) {
    if (!(entry instanceof Node.Obj)) {
      gap(entry.line(), "the entry \"%s\" is no object".formatted(key));
      return;
    }
    PnpmKeys.Parts parts = keys.parts(key);
    String name = entry.text("name").orElse(parts == null ? "" : parts.name());
    String spelled = parts == null ? keys.withoutPeers(key) : parts.version();
    if (isLocal(entry, name, spelled)) {
      graph.addLocal(key);
      return;
    }
    if (spelled.startsWith("runtime:")) {
      gap(entry.line(), "\"%s\" is a runtime, not a package of the registry".formatted(key));
      return;
    }
    String version = version(entry, spelled);
    Optional<Purl> purl = NpmName.purl(name, version);
    if (purl.isEmpty()) {
      gap(entry.line(), "\"%s\" names no package".formatted(key));
      return;
    }
    if (version == null) {
      gap(entry.line(), "\"%s\" has no version".formatted(key));
    }
    graph.add(key, purl.get(), new Location(path, entry.line()), hashes(entry));
    state(key, snapshot);
  }

  private void state(String key, Node snapshot) {
    if (keys == PnpmKeys.AT) {
      return;
    }
    if (snapshot.isTrue("dev")) {
      graph.state(key, Scope.DEV);
    } else if (snapshot.isTrue("optional")) {
      graph.state(key, Scope.OPTIONAL);
    } else if (snapshot.get("dev").isPresent()) {
      graph.state(key, Scope.PROD);
    }
  }

  /* Rush packs every project of its repository into an archive under this scope. */
  private static boolean isLocal(Node entry, String name, String spelled) {
    boolean folder =
        entry.get("resolution").map(it -> it.text("directory").isPresent()).orElse(false);
    boolean rush = name.startsWith("@rush-temp/") && spelled.startsWith("file:");
    return folder || rush || Requirement.of(spelled) instanceof Requirement.Local;
  }

  /* Of a repository or an archive the lock states the version of its package.json, and where it does
  not the commit is the identity. */
  private static @Nullable String version(Node entry, String spelled) {
    Optional<String> stated = entry.scalar("version").filter(it -> !it.isBlank());
    if (stated.isPresent()) {
      return stated.get();
    }
    Optional<String> commit = entry.get("resolution").flatMap(it -> it.scalar("commit"));
    if (commit.isPresent()) {
      return commit.get();
    }
    return switch (Requirement.of(spelled)) {
      case Requirement.Range(String _, String range) ->
          range.indexOf('/') < 0 && range.indexOf(':') < 0 ? range : null;
      case Requirement.Git(String sha) -> sha;
      case Requirement.Jsr _,
          Requirement.Remote _,
          Requirement.Archive _,
          Requirement.Local _,
          Requirement.Catalog _ ->
          null;
    };
  }

  private static List<Hash> hashes(Node entry) {
    return entry.get("resolution").map(Integrity::of).orElse(List.of());
  }

  private void connect(String key, Node snapshot) {
    snapshot
        .fields("dependencies")
        .forEach((name, to) -> graph.needs(key, target(name, to.scalar().orElse(""))));
    snapshot
        .fields("optionalDependencies")
        .forEach((name, to) -> graph.mayUse(key, target(name, to.scalar().orElse(""))));
  }

  /* From version 6 on {specifier, version}, before it only the version. */
  private void ask(Node importer) {
    for (Map.Entry<String, Scope> section : SECTIONS) {
      importer
          .fields(section.getKey())
          .forEach((name, node) -> ask(name, node, section.getValue()));
    }
  }

  private void ask(String name, Node node, Scope scope) {
    String reference = node.scalar().or(() -> node.scalar("version")).orElse("");
    String target = target(name, reference);
    if (graph.has(target)) {
      graph.root(target, scope);
    } else if (!isOutside(reference)) {
      gap(node.line(), "\"%s\" is asked for and the file does not hold it".formatted(name));
    }
  }

  private static boolean isOutside(String reference) {
    return reference.isEmpty() || Requirement.of(reference) instanceof Requirement.Local;
  }

  /* A reference is a version of that name, or the whole key of a package of another name. */
  private String target(String name, String reference) {
    String key = keys.key(name, reference);
    return graph.has(key) || !graph.has(reference) ? key : reference;
  }

  private void gap(int line, String reason) {
    gaps.add(Gap.at(new Location(path, line), reason, REGENERATE));
  }
}
