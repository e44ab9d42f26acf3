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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The packages of a bun.lock.
///
/// The key of a package is the path of names under which it is installed, `crane` or `crane/rope`;
/// its value is a list that starts with `name@version` and holds an object with what it asks for
/// and, of most kinds, a hash.
final class BunPackages {

  private static final int DEEPEST = 64;
  private static final int LONGEST_KEY = 2048;

  private final String path;
  private final Map<String, Node> workspaces;
  private final Map<String, Node> packages;
  private final List<Gap> gaps;
  private final LockGraph graph = new LockGraph();

  BunPackages(String path, Node root, List<Gap> gaps) {
    this.path = path;
    this.workspaces = root.fields("workspaces");
    this.packages = root.fields("packages");
    this.gaps = gaps;
  }

  Extraction read() {
    packages.forEach(this::add);
    packages.forEach(this::connect);
    workspaces.forEach(this::ask);
    if (workspaces.isEmpty()) {
      graph.rootsUnknown();
    }
    return Extraction.of(graph.components(), gaps);
  }

  private void add(String key, Node entry) {
    Location at = new Location(path, entry.line());
    String identity = entry.items().isEmpty() ? "" : entry.items().getFirst().scalar().orElse("");
    Optional<Descriptor> named = Descriptor.of(identity);
    if (named.isEmpty() || key.length() > LONGEST_KEY || names(key).size() > DEEPEST) {
      gap(at, "the entry \"%s\" does not start with a name and a version".formatted(key));
      return;
    }
    Requirement source = Requirement.of(named.get().rest());
    if (named.get().rest().startsWith("root:") || source instanceof Requirement.Local) {
      graph.addLocal(key);
      return;
    }
    String version = version(named.get().rest(), source);
    Optional<Purl> purl = NpmName.purl(named.get().name(), version);
    if (purl.isEmpty()) {
      gap(at, "\"%s\" is no name of a package".formatted(named.get().name()));
      return;
    }
    if (version == null) {
      gap(at, "\"%s\" has no version".formatted(identity));
    }
    graph.add(key, purl.get(), at, hashes(entry));
  }

  /* Of a repository the lock knows only the commit, at times cut short; of an archive nothing. */
  private static @Nullable String version(String text, Requirement source) {
    return switch (source) {
      case Requirement.Range(String _, String range) -> range.isBlank() ? null : range;
      case Requirement.Jsr(String _, String range) -> range;
      case Requirement.Git(String commit) -> commit == null ? fragment(text) : commit;
      case Requirement.Remote _,
          Requirement.Archive _,
          Requirement.Local _,
          Requirement.Catalog _ ->
          null;
    };
  }

  private static @Nullable String fragment(String text) {
    String fragment = text.substring(text.indexOf('#') + 1);
    return fragment.length() >= 7 && Integrity.isHex(fragment, fragment.length()) ? fragment : null;
  }

  private static List<Hash> hashes(Node entry) {
    Node last = entry.items().getLast();
    String text = last.scalar().orElse("");
    return text.startsWith("sha") ? Integrity.of(text) : List.of();
  }

  private void connect(String key, Node entry) {
    if (!graph.has(key)) {
      return;
    }
    List<String> names = names(key);
    Node details =
        entry.items().stream().filter(Node.Obj.class::isInstance).findFirst().orElse(entry);
    List<String> optionalPeers = texts(details.items("optionalPeers"));
    for (String name : details.fields("dependencies").keySet()) {
      find(names, name).ifPresent(to -> graph.needs(key, to));
    }
    for (String name : details.fields("optionalDependencies").keySet()) {
      find(names, name).ifPresent(to -> graph.mayUse(key, to));
    }
    for (String name : details.fields("peerDependencies").keySet()) {
      Optional<String> found = find(names, name);
      if (optionalPeers.contains(name)) {
        found.ifPresent(to -> graph.mayUse(key, to));
      } else {
        found.ifPresent(to -> graph.needs(key, to));
      }
    }
  }

  /* The packages of a member that differ from those of the root lie under the member's name. */
  private void ask(String folder, Node workspace) {
    List<String> around =
        folder.isEmpty() ? List.of() : workspace.text("name").map(List::of).orElse(List.of());
    List<String> optional = texts(workspace.items("optionalPeers"));
    ask(around, workspace.fields("dependencies"), Scope.PROD);
    ask(around, workspace.fields("devDependencies"), Scope.DEV);
    ask(around, workspace.fields("optionalDependencies"), Scope.OPTIONAL);
    workspace
        .fields("peerDependencies")
        .forEach((name, _) -> {
          Scope scope = optional.contains(name) ? Scope.OPTIONAL : Scope.PROD;
          find(around, name).ifPresent(id -> graph.root(id, scope));
        });
  }

  private void ask(List<String> around, Map<String, Node> asked, Scope scope) {
    asked.forEach((name, range) -> {
      Optional<String> found = find(around, name);
      found.ifPresent(id -> graph.root(id, scope));
      if (found.isEmpty() && scope != Scope.OPTIONAL) {
        gap(
            new Location(path, range.line()),
            "\"%s\" is asked for and the file does not hold it".formatted(name));
      }
    });
  }

  private static List<String> texts(List<Node> items) {
    return items.stream().map(it -> it.scalar().orElse("")).toList();
  }

  /// Returns the key under which a package installed at the path `names` finds `name`: inside
  /// itself, else inside what is around it.
  private Optional<String> find(List<String> names, String name) {
    for (int around = names.size(); around > 0; around--) {
      String key = String.join("/", names.subList(0, around)) + "/" + name;
      if (packages.containsKey(key)) {
        return Optional.of(key);
      }
    }
    return packages.containsKey(name) ? Optional.of(name) : Optional.empty();
  }

  /* crane/@dock/hook is two names. */
  private static List<String> names(String key) {
    List<String> names = new ArrayList<>();
    int start = 0;
    while (start < key.length() && names.size() <= DEEPEST) {
      int end = key.indexOf('/', start);
      if (end >= 0 && key.charAt(start) == '@') {
        end = key.indexOf('/', end + 1);
      }
      end = end < 0 ? key.length() : end;
      names.add(key.substring(start, end));
      start = end + 1;
    }
    return names;
  }

  private void gap(Location at, String reason) {
    gaps.add(Gap.at(at, reason, "run bun install"));
  }
}
