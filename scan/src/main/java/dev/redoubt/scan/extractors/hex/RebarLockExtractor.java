// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.hex;

import dev.redoubt.model.Component;
import dev.redoubt.model.Hash;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.extractors.lock.LockGaps;
import dev.redoubt.scan.extractors.lock.VcsUrl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads rebar.lock: a list of dependencies with their level, and the hashes of those from Hex.
///
/// Level 0 is what the project asks for. The file does not say who asks for the rest, nor what is
/// for development only.
public final class RebarLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("rebar-lock");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("rebar.lock");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    LockGaps gaps = new LockGaps(file.entry().path(), "run rebar3 upgrade --all");
    Terms terms = new Terms(file.text());
    Term first = terms.next();
    boolean versioned = first.item(1).isPresent() && first.word(0).isPresent();
    Term dependencies = versioned ? first.item(1).orElse(first) : first;
    Map<String, String> hashes = new HashMap<>();
    if (terms.take(".") && !terms.atEnd()) {
      hashes(terms.next(), "pkg_hash", hashes);
    }
    List<Component> components = new ArrayList<>();
    for (Term dependency : dependencies.items()) {
      add(dependency, hashes, gaps, components);
    }
    if (!(dependencies instanceof Term.Group)) {
      gaps.add(dependencies.line(), "is no list of dependencies");
    }
    return Extraction.of(components, gaps.list());
  }

  private static void hashes(Term attributes, String kind, Map<String, String> into) {
    for (Term attribute : attributes.items()) {
      if (attribute.word(0).orElse("").startsWith(kind)) {
        for (Term hash : attribute.item(1).map(Term::items).orElse(List.of())) {
          if (hash.word(0).isPresent() && hash.word(1).isPresent()) {
            into.put(hash.word(0).get(), hash.word(1).get());
          }
        }
      }
    }
  }

  private static void add(
      Term dependency, Map<String, String> hashes, LockGaps gaps, List<Component> into) {
    int line = dependency.line();
    Optional<String> application = dependency.word(0);
    Optional<Term> source = dependency.item(1);
    String kind = source.flatMap(it -> it.word(0)).orElse("");
    Optional<String> version =
        kind.equals("pkg")
            ? source.flatMap(it -> it.word(2))
            : source.flatMap(it -> it.item(2)).flatMap(it -> it.word(1));
    if (application.isEmpty() || version.isEmpty()) {
      gaps.add(line, "a dependency without a name, a version or a commit");
      return;
    }
    String name =
        kind.equals("pkg") ? source.flatMap(it -> it.word(1)).orElse("") : application.get();
    String url = kind.equals("pkg") ? "" : source.flatMap(it -> it.word(1)).orElse("");
    Relation relation =
        dependency.word(2).orElse("").equals("0") ? Relation.DIRECT : Relation.TRANSITIVE;
    String hash = hashes.get(application.get());
    gaps.purl(line, () -> purl(name, version.get(), url))
        .ifPresent(purl ->
            into.add(
                new Component(
                    purl,
                    Scope.UNKNOWN,
                    relation,
                    List.of(gaps.at(line)),
                    hash == null ? List.of() : List.of(new Hash("sha256", hash)),
                    List.of())));
  }

  private static Purl purl(String name, String version, String url) {
    Purl purl = Purl.of("hex", null, name, version);
    return url.isEmpty() ? purl : VcsUrl.on(purl, url, version);
  }
}
