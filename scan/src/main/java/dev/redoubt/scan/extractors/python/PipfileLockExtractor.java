// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.python;

import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Toml;
import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads Pipfile.lock of Pipenv, specification 6.
///
/// The category `default` is prod and `develop` is dev; what a category of the project's own is for
/// is unknown. A package with a `path` or a local `file` is no component. Direct is what the
/// Pipfile beside the lock asks for; without it that is unknown.
public final class PipfileLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("pipfile-lock");
  private static final String HINT = "run pipenv lock";

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("Pipfile.lock");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Node root = Json.read(file.bytes(), Limits.SCAN);
    Reading reading = new Reading(file.entry().path(), pipfile(file));
    Optional<Node> meta = root.get("_meta");
    String spec = meta.flatMap(it -> it.scalar("pipfile-spec")).orElse("6");
    if (meta.isEmpty() && root.get("default").isEmpty()) {
      reading.gap(root, "is no Pipfile.lock: it has neither packages nor _meta", HINT);
    } else if (!spec.equals("6")) {
      reading.gap(
          meta.orElse(root),
          "pipfile-spec \"%s\" is not known: read as 6".formatted(PypiName.quotable(spec)),
          "write the lock with a current Pipenv");
    }
    root.fields()
        .forEach((category, packages) -> {
          if (!category.equals("_meta")) {
            packages.fields().forEach((name, it) -> reading.entry(category, name, it));
          }
        });
    return Extraction.of(reading.components, reading.gaps);
  }

  /* The names that each category of the Pipfile asks for, by the category's name in the lock. */
  private static Optional<Set<String>> pipfile(SourceFile lock) {
    Optional<SourceFile> file = lock.sibling("Pipfile");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      Set<String> names = new HashSet<>();
      Toml.read(file.get().bytes(), Limits.SCAN)
          .fields()
          .forEach((category, it) -> names.addAll(names(lockName(category), it.fields())));
      return Optional.of(names);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String lockName(String category) {
    return switch (category) {
      case "packages" -> "default";
      case "dev-packages" -> "develop";
      default -> category;
    };
  }

  private static Set<String> names(String category, Map<String, Node> packages) {
    Set<String> names = new HashSet<>();
    packages.keySet().forEach(it -> names.add(category + " " + PypiName.normal(it)));
    return names;
  }

  private static final class Reading {
    final String path;
    final Optional<Set<String>> asked;
    final List<Component> components = new ArrayList<>();
    final List<Gap> gaps = new ArrayList<>();

    Reading(String path, Optional<Set<String>> asked) {
      this.path = path;
      this.asked = asked;
    }

    void gap(Node at, String reason, String hint) {
      gaps.add(new Gap(path, at.line(), reason, hint));
    }

    void entry(String category, String name, Node entry) {
      Requirement placed = PyProject.tabled(name, entry);
      String url = placed.url();
      Optional<String> version =
          entry.text("version").or(entry::scalar).flatMap(PipfileLockExtractor::exact);
      if (!PypiName.isName(name)) {
        gap(entry, "is no package name: \"%s\"".formatted(PypiName.quotable(name)), HINT);
      } else if (entry.text("path").isPresent() || (url != null && Link.isLocal(url))) {
        String place = entry.text("path").or(() -> entry.text("file")).orElse("");
        if (Link.isArchive(place)) {
          gap(
              entry,
              "\"%s\" is a local archive that is not looked into".formatted(name),
              "depend on a released version");
        }
      } else {
        Purl purl =
            version.isPresent() || url == null
                ? PypiName.purl(name, version.orElse(null))
                : Link.parse(url).purl(name);
        if (purl.version() == null) {
          gap(
              entry,
              "the version of \"%s\" is not stated".formatted(name),
              url == null ? HINT : "install a released version");
        }
        components.add(
            new Component(
                purl,
                scope(category),
                relation(category, name),
                List.of(new Location(path, entry.line())),
                hashes(entry),
                List.of()));
      }
    }

    private Relation relation(String category, String name) {
      return asked
          .map(it ->
              it.contains(category + " " + PypiName.normal(name))
                  ? Relation.DIRECT
                  : Relation.TRANSITIVE)
          .orElse(Relation.UNKNOWN);
    }
  }

  private static Optional<String> exact(String specifier) {
    return new Requirement("x", specifier, null).pinned();
  }

  private static Scope scope(String category) {
    return switch (category) {
      case "default" -> Scope.PROD;
      case "develop" -> Scope.DEV;
      default -> Scope.UNKNOWN;
    };
  }

  private static List<Hash> hashes(Node entry) {
    List<Hash> hashes = new ArrayList<>();
    entry.items("hashes").forEach(it -> it.scalar().flatMap(PypiName::hash).ifPresent(hashes::add));
    return hashes;
  }
}
