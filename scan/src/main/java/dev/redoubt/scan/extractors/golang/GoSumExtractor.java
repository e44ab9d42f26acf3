// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.golang;

import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.extractors.golang.GoModFile.Directive;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads go.sum where go.mod does not name every module of the build: without a go.mod beside it,
/// or with one older than Go 1.17.
///
/// A build holds one version of a module, the highest that is asked for, so of the versions whose
/// content has a hash here the highest counts. A line for `/go.mod` alone is no module of the
/// build.
public final class GoSumExtractor implements Extractor {

  private static final PluginId ID = new PluginId("go-sum");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("go.sum");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Optional<SourceFile> beside = file.sibling("go.mod");
    Optional<GoModFile> mod =
        beside.isPresent() ? Optional.of(GoModFile.parse(beside.get().text())) : Optional.empty();
    if (mod.isPresent() && mod.get().isComplete()) {
      return Extraction.EMPTY;
    }
    String path = file.entry().path();
    GoSumFile sum = GoSumFile.parse(file.text());
    List<Gap> gaps = new ArrayList<>(GoGaps.malformed(path, words(sum)));
    Map<String, GoSumFile.Entry> highest = new LinkedHashMap<>();
    for (GoSumFile.Entry entry : sum.entries().values()) {
      highest.merge(
          entry.module(), entry, (a, b) -> GoVersion.compare(b.version(), a.version()) > 0 ? b : a);
    }
    Function<String, Relation> relation = relations(mod);
    List<Component> components = new ArrayList<>();
    for (GoSumFile.Entry entry : highest.values()) {
      components.add(
          new Component(
              GoGaps.purl(entry.module(), entry.version()),
              Scope.UNKNOWN,
              relation.apply(entry.module()),
              List.of(new Location(path, entry.line())),
              entry.hashes(),
              List.of()));
    }
    return Extraction.of(components, gaps);
  }

  private static Function<String, Relation> relations(Optional<GoModFile> mod) {
    if (mod.isEmpty()) {
      return _ -> Relation.UNKNOWN;
    }
    Set<String> direct =
        mod.get()
            .all("require")
            .filter(it -> !it.isIndirect())
            .map(it -> it.words().getFirst())
            .collect(Collectors.toSet());
    return module -> direct.contains(module) ? Relation.DIRECT : Relation.TRANSITIVE;
  }

  private static List<Directive> words(GoSumFile sum) {
    return sum.malformed().stream()
        .map(
            line -> new Directive("", List.of("a line without module, version and hash"), "", line))
        .toList();
  }
}
