// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.maven;

import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.Need;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads POM files and resolves them offline, from the scanned tree and a local repository.
///
/// Parents, properties, dependency management, imported BOMs and the profiles that are active by
/// default count as in Maven 3; so do exclusions, optional dependencies and the choice between
/// versions further down. Dependencies of the project's other profiles are listed too, as optional.
/// Modules of the same build are no components, plugins neither. What is missing in the repository
/// is one gap each.
public final class MavenPomExtractor implements Extractor {

  private static final PluginId ID = new PluginId("maven-pom");

  private final Optional<Path> repository;
  private final PomMemory memory = new PomMemory();

  /// @param repository the local repository, in the layout of `~/.m2/repository`; empty when
  ///   nothing outside the tree may be read
  public MavenPomExtractor(Optional<Path> repository) {
    this.repository = repository;
  }

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public Set<Need> needs() {
    return repository.isPresent() ? Set.of(Need.MACHINE) : Set.of();
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("pom.xml") || file.name().endsWith(".pom");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    PomStore store = new PomStore(file, repository, memory);
    Pom pom = store.start();
    Missing missing = new Missing();
    EffectivePoms poms = new EffectivePoms(store, missing);
    EffectivePom project = poms.of(pom, List.of(), pom.at());
    List<Component> components =
        new ArrayList<>(
            new MavenGraph(poms, store, missing, project).resolve(project.dependencies()));
    for (Pom.Profile profile : pom.profiles()) {
      if (!pom.active().contains(profile) && !profile.section().dependencies().isEmpty()) {
        components.addAll(optional(pom, profile, poms, store, missing));
      }
    }
    List<Gap> gaps = new ArrayList<>(missing.gaps(file.entry().path()));
    if (repository.isEmpty() && !components.isEmpty()) {
      gaps.add(
          Gap.at(
              pom.at(),
              "no local repository was read: what %d dependencies bring in is not known"
                  .formatted(components.size()),
              "run mvn dependency:go-offline and scan without --no-machine"));
    }
    if (store.modulesCut()) {
      gaps.add(
          Gap.at(pom.at(), "not all modules of the build were looked at", "scan a part of it"));
    }
    return Extraction.of(components, gaps);
  }

  /* Each profile for itself: what it adds must not decide between versions of the others. */
  private static List<Component> optional(
      Pom pom, Pom.Profile profile, EffectivePoms poms, PomStore store, Missing missing) {
    EffectivePom asked = poms.of(pom, List.of(profile), pom.at());
    Set<String> lines = new HashSet<>();
    profile.section().dependencies().forEach(it -> lines.add(it.at().toString()));
    List<Dependency> added =
        asked.dependencies().stream().filter(it -> lines.contains(it.at().toString())).toList();
    return new MavenGraph(poms, store, missing, asked)
        .resolve(added).stream()
            .map(it ->
                new Component(
                    it.purl(),
                    it.scope() == Scope.DEV ? Scope.DEV : Scope.OPTIONAL,
                    it.relation(),
                    it.locations(),
                    it.hashes(),
                    it.dependsOn()))
            .toList();
  }
}
