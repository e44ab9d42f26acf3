// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import dev.redoubt.document.Node;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The nested `dependencies` of an npm lock file of version 1.
///
/// What a package `requires` is the package of that name in its own `dependencies`, or in those of
/// the nearest package around it.
final class NpmTree {

  private static final String REGENERATE = "delete node_modules and run npm install";

  private final SourceFile file;
  private final String path;
  private final Node root;
  private final LockGraph graph = new LockGraph();
  private final List<Gap> gaps = new ArrayList<>();
  private final List<Asker> askers = new ArrayList<>();
  private int count;

  NpmTree(SourceFile file, Node root) {
    this.file = file;
    this.path = file.entry().path();
    this.root = root;
  }

  /// One level of the tree, name to id; as deep as the document may be nested.
  private record Level(@Nullable Level around, Map<String, String> ids) {

    Optional<String> find(String name) {
      for (Level level = this; level != null; level = level.around) {
        String id = level.ids.get(name);
        if (id != null) {
          return Optional.of(id);
        }
      }
      return Optional.empty();
    }
  }

  private record Asker(String id, Node entry, Level inner) {}

  Extraction read() {
    Level top = add(null, root.fields("dependencies"));
    for (Asker asker : askers) {
      asker
          .entry
          .fields("requires")
          .forEach((name, _) -> asker.inner.find(name).ifPresent(to -> graph.needs(asker.id, to)));
    }
    Optional<Manifest> manifest = Manifest.beside(file, "package.json", gaps);
    if (manifest.isPresent()) {
      manifest
          .get()
          .asked()
          .keySet()
          .forEach(name -> top.find(name).ifPresent(id -> graph.root(id, Scope.UNKNOWN)));
    } else {
      graph.rootsUnknown();
    }
    return Extraction.of(graph.components(), gaps);
  }

  private Level add(@Nullable Level around, Map<String, Node> packages) {
    Level level = new Level(around, new HashMap<>());
    packages.forEach((name, _) -> level.ids.put(name, Integer.toString(++count)));
    packages.forEach((name, entry) -> {
      String id = level.ids.getOrDefault(name, "");
      if (entry instanceof Node.Obj) {
        addPackage(id, name, entry);
        askers.add(new Asker(id, entry, add(level, entry.fields("dependencies"))));
      } else {
        gap(entry.line(), "the entry \"%s\" is no object".formatted(name));
      }
    });
    return level;
  }

  private void addPackage(String id, String key, Node entry) {
    String text = entry.text("version").orElse("").strip();
    Requirement installed = Requirement.of(text);
    if (installed instanceof Requirement.Local) {
      graph.addLocal(id);
      return;
    }
    String name =
        installed instanceof Requirement.Range(String alias, String _) && alias != null
            ? alias
            : key;
    String version =
        switch (installed) {
          case Requirement.Range(String _, String range) -> range.isEmpty() ? null : range;
          case Requirement.Git(String commit) -> commit;
          case Requirement.Jsr(String _, String range) -> range;
          case Requirement.Remote _,
              Requirement.Archive _,
              Requirement.Catalog _,
              Requirement.Local _ ->
              null;
        };
    Optional<Purl> purl = NpmName.purl(name, version);
    if (purl.isEmpty()) {
      gap(entry.line(), "\"%s\" is no name of a package".formatted(name));
      return;
    }
    if (version == null) {
      gap(entry.line(), "\"%s\" has no version, only \"%s\"".formatted(name, text));
    }
    graph.add(id, purl.get(), new Location(path, entry.line()), Integrity.of(entry));
    graph.state(id, scope(entry));
  }

  private static Scope scope(Node entry) {
    if (entry.isTrue("dev")) {
      return Scope.DEV;
    }
    return entry.isTrue("optional") ? Scope.OPTIONAL : Scope.PROD;
  }

  private void gap(int line, String reason) {
    gaps.add(Gap.at(new Location(path, line), reason, REGENERATE));
  }
}
