// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.golang;

import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.extractors.golang.GoModFile.Directive;
import dev.redoubt.scan.extractors.golang.GoModFile.Replacement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads go.mod into the modules of the build and the standard library.
///
/// A requirement that is replaced by another module is that module, one that is replaced by a
/// folder or is a member of the workspace is no component. The standard library has the version of
/// the `toolchain` line, else of the `go` line. The file does not say what is needed for tests
/// only, so the scope of a module is unknown.
public final class GoModExtractor implements Extractor {

  private static final PluginId ID = new PluginId("go-mod");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("go.mod");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    String path = file.entry().path();
    GoModFile mod = GoModFile.parse(file.text());
    List<Gap> gaps = new ArrayList<>(GoGaps.malformed(path, mod.malformed()));
    Build build = new Build(path, mod, workspace(file, gaps), hashes(file, gaps));
    List<Component> components = new ArrayList<>();
    build.standardLibrary().ifPresent(components::add);
    for (Directive required : highest(mod)) {
      build.component(required, gaps).ifPresent(components::add);
    }
    if (!mod.isComplete()
        && mod.all("require").findAny().isPresent()
        && file.sibling("go.sum").isEmpty()) {
      gaps.add(
          new Gap(
              path,
              null,
              "modules needed by dependencies are not listed before Go 1.17, and there is no"
                  + " go.sum",
              "run go mod tidy -go=1.17, or commit go.sum"));
    }
    return Extraction.of(components, gaps);
  }

  /* A module required twice is built once, at the higher version. */
  private static List<Directive> highest(GoModFile mod) {
    Map<String, Directive> byModule = new LinkedHashMap<>();
    mod.all("require")
        .forEach(it ->
            byModule.merge(
                it.words().getFirst(),
                it,
                (a, b) -> GoVersion.compare(b.words().get(1), a.words().get(1)) > 0 ? b : a));
    return List.copyOf(byModule.values());
  }

  private static GoWorkspace workspace(SourceFile file, List<Gap> gaps) {
    try {
      return GoWorkspace.around(file);
    } catch (IOException e) {
      gaps.add(
          new Gap(
              file.entry().path(),
              null,
              "the go.work that covers this module cannot be read: members count as modules",
              "make go.work and the go.mod files it uses readable text"));
      return new GoWorkspace(Set.of(), List.of());
    }
  }

  private static GoSumFile hashes(SourceFile file, List<Gap> gaps) {
    Optional<SourceFile> sum = file.sibling("go.sum");
    try {
      return GoSumFile.parse(sum.isPresent() ? sum.get().text() : "");
    } catch (IOException e) {
      gaps.add(
          new Gap(
              file.entry().path(),
              null,
              "the go.sum beside it cannot be read: modules are listed without hashes",
              "run go mod tidy"));
      return GoSumFile.parse("");
    }
  }

  /// What the whole file says about each of its requirements.
  private static final class Build {
    private final String path;
    private final GoModFile mod;
    private final GoWorkspace workspace;
    private final GoSumFile sum;
    private final Map<String, Replacement> replacements = new LinkedHashMap<>();
    private final Set<String> excluded;
    private final Set<String> toolModules = new HashSet<>();

    Build(String path, GoModFile mod, GoWorkspace workspace, GoSumFile sum) {
      this.path = path;
      this.mod = mod;
      this.workspace = workspace;
      this.sum = sum;
      Stream.concat(mod.replacements().stream(), workspace.replacements().stream())
          .forEach(it -> replacements.put(key(it.module(), it.version()), it));
      excluded =
          mod.all("exclude")
              .map(it -> key(it.words().getFirst(), it.words().get(1)))
              .collect(Collectors.toSet());
      Set<String> required =
          mod.all("require").map(it -> it.words().getFirst()).collect(Collectors.toSet());
      mod.all("tool").forEach(it -> owner(it.words().getFirst(), required));
    }

    /* A tool is a package; the module with the longest path above it holds it. */
    private void owner(String tool, Set<String> required) {
      String candidate = tool;
      while (!required.contains(candidate)) {
        int slash = candidate.lastIndexOf('/');
        if (slash < 0) {
          return;
        }
        candidate = candidate.substring(0, slash);
      }
      toolModules.add(candidate);
    }

    private static String key(String module, @Nullable String version) {
      return version == null ? module : module + "@" + version;
    }

    Optional<Component> standardLibrary() {
      Optional<Directive> named =
          mod.all("toolchain")
              .filter(it -> it.words().getFirst().startsWith("go"))
              .reduce((_, last) -> last)
              .or(() -> mod.all("go").reduce((_, last) -> last));
      return named.map(it -> {
        String version = it.words().getFirst();
        String bare = version.startsWith("go") ? version.substring(2) : version;
        int suffix = bare.indexOf('-');
        return Component.of(
            Purl.of("golang", null, "stdlib", suffix < 0 ? bare : bare.substring(0, suffix)),
            Scope.PROD,
            Relation.DIRECT,
            new Location(path, it.line()));
      });
    }

    Optional<Component> component(Directive required, List<Gap> gaps) {
      String module = required.words().getFirst();
      String version = required.words().get(1);
      Location location = new Location(path, required.line());
      if (workspace.members().contains(module)) {
        return Optional.empty();
      }
      if (excluded.contains(key(module, version))) {
        gaps.add(
            Gap.at(
                location,
                "\"%s %s\" is required and excluded: the version built is not known"
                    .formatted(module, version),
                "run go mod tidy"));
        return Optional.empty();
      }
      Relation relation =
          required.isIndirect() && !toolModules.contains(module)
              ? Relation.TRANSITIVE
              : Relation.DIRECT;
      Replacement replacement =
          replacements.getOrDefault(key(module, version), replacements.get(module));
      if (replacement == null) {
        return Optional.of(named(module, version, relation, List.of(location), gaps));
      }
      String newVersion = replacement.newVersion();
      if (newVersion == null) {
        return Optional.empty();
      }
      List<Location> locations =
          mod.replacements().contains(replacement)
              ? List.of(location, new Location(path, replacement.line()))
              : List.of(location);
      return Optional.of(named(replacement.path(), newVersion, relation, locations, gaps));
    }

    private Component named(
        String module, String version, Relation relation, List<Location> at, List<Gap> gaps) {
      boolean pinned = GoVersion.isPinned(version);
      if (!pinned) {
        gaps.add(
            Gap.at(
                at.getFirst(),
                "\"%s %s\" is not pinned to a version".formatted(module, GoGaps.shorten(version)),
                "run go mod tidy"));
      }
      return new Component(
          GoGaps.purl(module, pinned ? version : null),
          Scope.UNKNOWN,
          relation,
          at,
          sum.hashes(module, version),
          List.of());
    }
  }
}
