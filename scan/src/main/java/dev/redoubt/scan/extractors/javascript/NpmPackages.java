// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import dev.redoubt.document.Node;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The `packages` of an npm lock file of version 2 or 3: a flat map from installation folder to
/// package.
///
/// A folder outside every `node_modules` is the project, a workspace member or another local
/// package.
final class NpmPackages {

  private static final String MODULES = "node_modules";
  private static final String REGENERATE = "delete node_modules and run npm install";
  private static final int LONGEST_KEY = 2048;

  private final String path;
  private final Map<String, Node> packages;
  private final Map<String, Map<String, String>> byFolder = new HashMap<>();
  private final LockGraph graph = new LockGraph();
  private final List<Gap> gaps = new ArrayList<>();

  NpmPackages(String path, Node root) {
    this.path = path;
    this.packages = root.fields("packages");
  }

  Extraction read() {
    packages.forEach(this::add);
    packages.forEach(this::connect);
    return Extraction.of(graph.components(), gaps);
  }

  private void add(String key, Node entry) {
    if (!(entry instanceof Node.Obj)) {
      gap(entry.line(), "the entry \"%s\" is no object".formatted(shorten(key)));
      return;
    }
    if (key.length() > LONGEST_KEY) {
      gap(entry.line(), "the entry \"%s\" is nested too deeply".formatted(shorten(key)));
      return;
    }
    String folder = "";
    String name = "";
    if (isInstalled(key)) {
      int start = key.lastIndexOf(MODULES + "/");
      folder = key.substring(0, Math.max(0, start - 1));
      name = key.substring(start + MODULES.length() + 1);
      byFolder.computeIfAbsent(folder, _ -> new HashMap<>()).put(name, key);
    }
    if (isLocal(key, entry)) {
      graph.addLocal(key);
    } else if (!entry.isTrue("link")) {
      addPackage(key, entry.text("name").orElse(name), entry);
    }
  }

  private void addPackage(String key, String name, Node entry) {
    String version = version(entry);
    Optional<Purl> purl = NpmName.purl(name, version);
    if (purl.isEmpty()) {
      gap(entry.line(), "\"%s\" is no name of a package".formatted(shorten(name)));
      return;
    }
    if (version == null) {
      gap(entry.line(), "\"%s\" has no version".formatted(name));
    }
    graph.add(key, purl.get(), new Location(path, entry.line()), Integrity.of(entry));
    graph.state(key, scope(entry));
  }

  /* A package from git states the version of its package.json; where there is none the commit is the
  identity. */
  private static @Nullable String version(Node entry) {
    Optional<String> version = entry.text("version").map(String::strip).filter(v -> !v.isEmpty());
    if (version.isPresent()) {
      return version.get();
    }
    return entry.text("resolved").map(Requirement::of).orElse(null)
            instanceof Requirement.Git(String commit)
        ? commit
        : null;
  }

  private static Scope scope(Node entry) {
    if (entry.isTrue("extraneous")) {
      return Scope.UNKNOWN;
    }
    if (entry.isTrue("dev")) {
      return Scope.DEV;
    }
    return entry.isTrue("optional") || entry.isTrue("devOptional") ? Scope.OPTIONAL : Scope.PROD;
  }

  private static boolean isLocal(String key, Node entry) {
    if (entry.isTrue("link")) {
      return false;
    }
    return !isInstalled(key)
        || entry.text("resolved").map(Requirement::of).orElse(null) instanceof Requirement.Local;
  }

  private static boolean isInstalled(String key) {
    return key.startsWith(MODULES + "/") || key.contains("/" + MODULES + "/");
  }

  private void connect(String key, Node entry) {
    if (!graph.has(key)) {
      return;
    }
    boolean local = isLocal(key, entry);
    Asker asker = new Asker(key, local, visible(key));
    ask(asker, entry.fields("dependencies"), true);
    ask(asker, entry.fields("optionalDependencies"), false);
    ask(asker, entry.fields("peerDependencies"), false);
    if (local) {
      ask(asker, entry.fields("devDependencies"), true);
    }
  }

  /// A package or local folder with what is installed around it, the nearest first.
  private record Asker(String key, boolean local, List<Map<String, String>> visible) {

    Optional<String> find(String name) {
      return visible.stream().map(it -> it.get(name)).filter(Objects::nonNull).findFirst();
    }
  }

  private void ask(Asker asker, Map<String, Node> asked, boolean needed) {
    asked.forEach((name, range) -> {
      Optional<String> found = asker.find(name);
      if (found.isEmpty()) {
        if (needed && !isPath(range)) {
          gap(
              range.line(),
              "\"%s\" is asked for and the file does not hold it".formatted(shorten(name)));
        }
      } else if (asker.local) {
        graph.root(found.get(), Scope.UNKNOWN);
      } else {
        graph.needs(asker.key, found.get());
      }
    });
  }

  private static boolean isPath(Node range) {
    return Requirement.of(range.scalar().orElse("")) instanceof Requirement.Local;
  }

  /// Returns what Node sees from a module in the folder `from`: the `node_modules` there and in
  /// every folder above.
  private List<Map<String, String>> visible(String from) {
    List<Map<String, String>> visible = new ArrayList<>();
    String folder = from;
    while (true) {
      Map<String, String> modules = byFolder.get(folder);
      if (modules != null) {
        visible.add(modules);
      }
      if (folder.isEmpty()) {
        return visible;
      }
      folder = folder.substring(0, Math.max(0, folder.lastIndexOf('/')));
    }
  }

  private void gap(int line, String reason) {
    gaps.add(Gap.at(new Location(path, line), reason, REGENERATE));
  }

  private static String shorten(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }
}
