// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.hex;

import dev.redoubt.document.DocumentException;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.extractors.lock.LockGaps;
import dev.redoubt.scan.extractors.lock.LockGraph;
import dev.redoubt.scan.extractors.lock.Locked;
import dev.redoubt.scan.extractors.lock.VcsUrl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads mix.lock.
///
/// Packages from Hex are named by their package, which may differ from the application; packages
/// from git have their commit for a version. What is direct, and for development only, is known
/// where the `deps` function of the mix.exs beside it is a plain list.
public final class MixLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("mix-lock");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("mix.lock");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    LockGaps gaps = new LockGaps(file.entry().path(), "run mix deps.get");
    Terms terms = new Terms(file.text());
    if (!terms.take("%{")) {
      throw new DocumentException(terms.line(), "is no map of Elixir", "run mix deps.get");
    }
    LockGraph graph = new LockGraph();
    while (!terms.take("}")) {
      if (terms.atEnd()) {
        gaps.add(terms.line(), "the map is not closed");
        break;
      }
      int line = terms.line();
      try {
        entry(terms.next(), graph, gaps);
        terms.take(",");
      } catch (DocumentException e) {
        gaps.add(e.line() == null ? line : e.line(), "an entry that is no literal of Elixir");
        terms.toNextEntry();
      }
    }
    Optional<MixProject> project = MixProject.beside(file);
    project.ifPresent(it -> it.scopes().forEach(graph::ask));
    Relation unasked = project.isPresent() ? Relation.TRANSITIVE : Relation.UNKNOWN;
    return Extraction.of(graph.components(unasked), gaps.list());
  }

  private static void entry(Term term, LockGraph graph, LockGaps gaps) {
    if (!(term instanceof Term.Pair(String application, Term value, int line))) {
      gaps.add(term.line(), "an entry without a name");
      return;
    }
    switch (value.word(0).orElse("")) {
      case "hex" -> hex(application, value, graph, gaps);
      case "git" -> git(application, value, graph, gaps);
      case "path" -> graph.local(application, List.of());
      default ->
          gaps.add(
              line,
              "the source of \"%s\" is neither hex, git nor path"
                  .formatted(LockGaps.quote(application)));
    }
  }

  /* {:hex, :name, version, inner hash, managers, dependencies, repository, outer hash}; the outer hash
  is that of the archive. */
  private static void hex(String application, Term value, LockGraph graph, LockGaps gaps) {
    int line = value.line();
    Optional<String> version = value.word(2);
    if (version.isEmpty()) {
      gaps.add(line, "\"%s\" has no version".formatted(LockGaps.quote(application)));
      return;
    }
    String name = value.word(1).orElse(application);
    String repository = value.word(6).orElse("hexpm");
    String organisation =
        repository.startsWith("hexpm:") ? repository.substring("hexpm:".length()) : null;
    List<Hash> hashes =
        value.word(7).or(() -> value.word(3)).filter(it -> !it.isEmpty()).stream()
            .map(it -> new Hash("sha256", it))
            .toList();
    List<String> needs = new ArrayList<>();
    for (Term dependency : value.item(5).map(Term::items).orElse(List.of())) {
      dependency.word(0).ifPresent(needs::add);
    }
    gaps.purl(line, () -> Purl.of("hex", organisation, name, version.get()))
        .ifPresent(
            purl -> graph.install(new Locked(application, purl, gaps.at(line), hashes, needs)));
  }

  private static void git(String application, Term value, LockGraph graph, LockGaps gaps) {
    int line = value.line();
    Optional<String> url = value.word(1);
    Optional<String> commit = value.word(2).filter(it -> !it.isEmpty());
    if (url.isEmpty() || commit.isEmpty()) {
      gaps.add(line, "\"%s\" has no commit".formatted(LockGaps.quote(application)));
      return;
    }
    gaps.purl(
            line,
            () ->
                VcsUrl.on(Purl.of("hex", null, application, commit.get()), url.get(), commit.get()))
        .ifPresent(purl ->
            graph.install(new Locked(application, purl, gaps.at(line), List.of(), List.of())));
  }
}
