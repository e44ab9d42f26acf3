// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.python;

import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.extractors.python.LockGraph.Pack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads uv.lock and the locks of single scripts, version 1.
///
/// Members of the workspace, editable and virtual projects, folders and local archives are no
/// components; what they ask for is direct. Scopes follow from the members: their dependencies,
/// then their extras, then their development groups, each with all that is needed below.
public final class UvLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("uv-lock");
  private static final String HINT = "run uv lock";
  private static final Set<String> LOCAL = Set.of("editable", "virtual", "directory", "path");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("uv.lock") || file.name().endsWith(".py.lock");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Node root = Toml.read(file.bytes(), Limits.SCAN);
    LockGraph graph = new LockGraph(file.entry().path());
    String version = root.scalar("version").orElse("");
    if (!version.equals("1")) {
      graph.gap(
          root,
          version.isEmpty()
              ? "is no uv.lock: it states no version"
              : "version \"%s\" is not known: read as 1".formatted(PypiName.quotable(version)),
          "write the lock with a uv that knows version 1");
    }
    List<Node> entries = new ArrayList<>(root.items("package"));
    entries.addAll(root.items("distribution"));
    for (Node entry : entries) {
      place(entry, graph);
    }
    for (Pack pack : graph.packs()) {
      pack.needs.addAll(targets(pack.entry.items("dependencies"), graph));
      if (!pack.isLocal()) {
        // Of a package from outside the lock holds only the extras that somebody asked for.
        pack.needs.addAll(targets(all(pack.entry, "optional-dependencies"), graph));
      }
    }
    relate(root.get("manifest").orElse(new Node.Nothing(1)), graph);
    return Extraction.of(graph.components(), graph.gaps());
  }

  private static void place(Node entry, LockGraph graph) {
    Optional<String> name = entry.text("name").filter(PypiName::isName);
    Optional<String> version = entry.text("version");
    String kind = kind(entry);
    if (name.isEmpty()) {
      graph.gap(entry, "a package without a name", HINT);
    } else if (LOCAL.contains(kind)) {
      graph.addLocal(entry, name.get());
      if (kind.equals("path")) {
        graph.gap(
            entry,
            "\"%s\" is a local archive that is not looked into".formatted(name.get()),
            "depend on a released version");
      }
    } else if (version.isPresent()) {
      graph.add(entry, PypiName.purl(name.get(), version.get()), hashes(entry));
    } else {
      graph.gap(entry, "the version of \"%s\" is not stated".formatted(name.get()), HINT);
      Optional<String> git = entry.get("source").flatMap(it -> it.text("git"));
      graph.add(
          entry,
          git.map(it -> repository(it).purl(name.get())).orElse(PypiName.purl(name.get(), null)),
          hashes(entry));
    }
  }

  /* "https://host/x.git?rev=main#commit" */
  private static Link repository(String git) {
    int hash = git.indexOf('#');
    int query = git.indexOf('?');
    int end = query >= 0 ? query : hash >= 0 ? hash : git.length();
    String commit = hash < 0 ? "" : "@" + git.substring(hash + 1);
    return Link.parse("git+" + git.substring(0, Math.min(end, git.length())) + commit);
  }

  /* A table with one of the kinds as its key; the first locks wrote "kind+place". */
  private static String kind(Node entry) {
    Node source = entry.get("source").orElse(new Node.Nothing(1));
    Optional<String> text = source.scalar();
    if (text.isPresent()) {
      int plus = text.get().indexOf('+');
      return plus < 0 ? "" : text.get().substring(0, plus);
    }
    return source.fields().keySet().stream().filter(LOCAL::contains).findFirst().orElse("");
  }

  private static List<Hash> hashes(Node entry) {
    List<Hash> hashes = new ArrayList<>();
    entry
        .get("sdist")
        .flatMap(it -> it.text("hash"))
        .flatMap(PypiName::hash)
        .ifPresent(hashes::add);
    for (Node wheel : entry.items("wheels")) {
      wheel.text("hash").flatMap(PypiName::hash).ifPresent(hashes::add);
    }
    return hashes;
  }

  private static List<Node> all(Node entry, String tables) {
    return entry.fields(tables).values().stream().flatMap(it -> it.items().stream()).toList();
  }

  private static Set<Pack> targets(Collection<Node> dependencies, LockGraph graph) {
    Set<Pack> targets = new LinkedHashSet<>();
    Set<String> expanded = new HashSet<>();
    for (Node dependency : dependencies) {
      List<Pack> found =
          graph.named(dependency.text("name").orElse(""), dependency.text("version").orElse(null));
      targets.addAll(found);
      for (Pack pack : found) {
        if (pack.isLocal()) {
          for (Node item : dependency.items("extra")) {
            String extra = item.scalar().orElse("");
            if (expanded.add(pack.name + "[" + extra)) {
              Node extras = pack.entry.get("optional-dependencies").orElse(new Node.Nothing(1));
              targets.addAll(targets(withoutExtras(extras.items(extra)), graph));
            }
          }
        }
      }
    }
    return targets;
  }

  /* One step of extras between members is followed: an extra that names itself must end. */
  private static List<Node> withoutExtras(List<Node> dependencies) {
    return dependencies.stream().filter(it -> it.items("extra").isEmpty()).toList();
  }

  private static void relate(Node manifest, LockGraph graph) {
    Set<String> members = new HashSet<>();
    manifest
        .items("members")
        .forEach(it -> it.scalar().map(PypiName::normal).ifPresent(members::add));
    List<Pack> locals = graph.packs().stream().filter(Pack::isLocal).toList();
    List<Pack> roots = locals.stream().filter(it -> isRoot(it, members)).toList();
    roots = roots.isEmpty() ? locals : roots;
    graph.packs().forEach(it -> it.relation = Relation.TRANSITIVE);
    Set<Pack> prod = targets(manifest.items("requirements"), graph);
    Set<Pack> optional = new HashSet<>();
    Set<Pack> dev = targets(all(manifest, "dependency-groups"), graph);
    for (Pack root : locals) {
      boolean asks = roots.contains(root);
      Set<Pack> extras = targets(all(root.entry, "optional-dependencies"), graph);
      Set<Pack> groups = targets(all(root.entry, "dev-dependencies"), graph);
      root.needs.forEach(it -> it.relation = Relation.DIRECT);
      extras.forEach(it -> it.relation = Relation.DIRECT);
      if (asks) {
        groups.forEach(it -> it.relation = Relation.DIRECT);
        prod.add(root);
        optional.addAll(extras);
        dev.addAll(groups);
      }
    }
    prod.forEach(it -> it.relation = Relation.DIRECT);
    dev.forEach(it -> it.relation = Relation.DIRECT);
    graph.reach(prod, Scope.PROD);
    graph.reach(optional, Scope.OPTIONAL);
    graph.reach(dev, Scope.DEV);
  }

  private static boolean isRoot(Pack local, Set<String> members) {
    if (!members.isEmpty()) {
      return members.contains(local.name);
    }
    Node source = local.entry.get("source").orElse(new Node.Nothing(1));
    return source.text("editable").or(() -> source.text("virtual")).orElse("").equals(".");
  }
}
