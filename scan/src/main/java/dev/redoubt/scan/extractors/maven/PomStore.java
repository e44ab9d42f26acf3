// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.maven;

import dev.redoubt.model.Location;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds POMs for the reading of one: in the scanned tree by relative path, among the modules of
/// the same build, and in a local repository. Lives as long as that reading.
final class PomStore {

  private static final int MOST_MODULES = 3_000;
  private static final int MOST_UP = 32;
  private static final int MOST_BYTES = 4 << 20;

  private final SourceFile start;
  private final Optional<Path> repository;
  private final PomMemory memory;
  private final Map<String, Optional<Pom>> found = new HashMap<>();
  private final Map<String, SourceFile> files = new HashMap<>();
  private final Map<String, Optional<Pom>> tree = new HashMap<>();
  private final Map<String, Pom> modules = new LinkedHashMap<>();
  private boolean modulesKnown;
  private boolean modulesCut;

  PomStore(SourceFile start, Optional<Path> repository, PomMemory memory) {
    this.start = start;
    this.repository = repository;
    this.memory = memory;
  }

  /// Returns the POM this store was made for.
  ///
  /// @throws IOException if it cannot be read or is no POM
  Pom start() throws IOException {
    String path = start.entry().path();
    Pom pom = memory.read(start.bytes(), path);
    files.put(path, start);
    tree.put(path, Optional.of(pom));
    return pom;
  }

  boolean hasRepository() {
    return repository.isPresent();
  }

  /// Returns whether not all modules of the build were looked at.
  boolean modulesCut() {
    return modulesCut;
  }

  /// Returns the parent that `pom` names: in the tree where its relative path leads, when that is
  /// the one named, else in the local repository, else among the modules of the build.
  Optional<Pom> parent(Pom pom, Pom.Parent parent) {
    SourceFile file = files.get(pom.at().path());
    if (file != null && !parent.relativePath().isEmpty()) {
      Optional<Pom> beside = relative(file, parent.relativePath());
      boolean named =
          beside
              .filter(it -> it.gav().artifact().equals(parent.gav().artifact()))
              .filter(it -> it.group().equals(parent.gav().group()))
              .filter(it -> sameVersion(it, parent.gav().version()))
              .isPresent();
      boolean inferred = parent.gav().artifact().isEmpty() && parent.gav().group().isEmpty();
      if (named || (inferred && beside.isPresent())) {
        return beside;
      }
    }
    Optional<Pom> stored = inRepository(parent.gav());
    return stored.isPresent()
        ? stored
        : module(parent.gav()).filter(it -> sameVersion(it, parent.gav().version()));
  }

  /* Both are compared as written; a version that comes from a property is taken for the same. */
  private static boolean sameVersion(Pom pom, String version) {
    return pom.version().equals(version)
        || version.isEmpty()
        || version.contains("${")
        || pom.version().contains("${");
  }

  /// Returns the module of the build with this group and artifact, whatever its version.
  Optional<Pom> module(Gav gav) {
    if (!modulesKnown) {
      modulesKnown = true;
      readModules();
    }
    return Optional.ofNullable(modules.get(gav.module()));
  }

  /// Returns the POM of an artifact in the local repository.
  Optional<Pom> inRepository(Gav gav) {
    if (repository.isEmpty() || !gav.isPlain()) {
      return Optional.empty();
    }
    return found.computeIfAbsent(gav.toString(), _ -> stored(repository.get(), gav));
  }

  private Optional<Pom> stored(Path folder, Gav gav) {
    Path file =
        folder
            .resolve(gav.group().replace('.', '/'))
            .resolve(gav.artifact())
            .resolve(gav.version())
            .resolve(gav.artifact() + "-" + gav.version() + ".pom");
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      return bytes.length > MOST_BYTES
          ? Optional.empty()
          : Optional.of(memory.read(bytes, "~/.m2/" + gav));
    } catch (IOException e) {
      // To whoever asks, a POM that cannot be read is as good as a missing one: it becomes a gap.
      return Optional.empty();
    }
  }

  private void readModules() {
    Optional<Pom> top = tree.getOrDefault(start.entry().path(), Optional.empty());
    Deque<Pom> open = new ArrayDeque<>();
    Set<String> seen = new HashSet<>();
    Optional<Pom> above = top;
    for (int i = 0; i < MOST_UP && above.isPresent(); i++) {
      top = above;
      above = above(top.get()).filter(it -> seen.add(it.at().path()));
    }
    seen.clear();
    top.ifPresent(open::add);
    while (!open.isEmpty()) {
      Pom pom = open.remove();
      if (!seen.add(pom.at().path())) {
        continue;
      }
      if (seen.size() > MOST_MODULES) {
        modulesCut = true;
        return;
      }
      modules.putIfAbsent(pom.group() + ":" + pom.gav().artifact(), pom);
      SourceFile file = files.get(pom.at().path());
      for (String module : pom.links().modules()) {
        Optional<Pom> next = file == null ? Optional.empty() : relative(file, module);
        next.ifPresent(open::add);
      }
    }
  }

  /* The POM above is the one that lists this as a module, or else the parent in the tree. */
  private Optional<Pom> above(Pom pom) {
    SourceFile file = files.get(pom.at().path());
    if (file == null) {
      return Optional.empty();
    }
    Optional<Pom> folder =
        relative(file, "../pom.xml").filter(it -> !it.links().modules().isEmpty());
    return folder.isPresent()
        ? folder
        : pom.parent()
            .filter(parent -> !parent.relativePath().isEmpty())
            .flatMap(parent -> relative(file, parent.relativePath()));
  }

  private Optional<Pom> relative(SourceFile from, String path) {
    String clean = path.replace('\\', '/').strip();
    Optional<SourceFile> file =
        from.sibling(clean)
            .or(() -> from.sibling((clean.endsWith("/") ? clean : clean + "/") + "pom.xml"));
    return file.flatMap(this::read);
  }

  private Optional<Pom> read(SourceFile file) {
    return tree.computeIfAbsent(
        file.entry().path(),
        path -> {
          files.put(path, file);
          try {
            return Optional.of(memory.read(file.bytes(), path));
          } catch (IOException e) {
            // The file is scanned on its own too, and reported there.
            return Optional.empty();
          }
        });
  }

  /// Returns `written` when it lies in the tree, else `instead`.
  Location place(Location written, Location instead) {
    return files.containsKey(written.path()) ? written : instead;
  }
}
