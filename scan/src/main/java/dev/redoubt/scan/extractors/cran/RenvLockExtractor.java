// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.cran;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads renv.lock.
///
/// Packages come from CRAN and repositories like it, from Bioconductor, or straight from a
/// repository. R itself, its base packages and packages from a local path are no components. The
/// `Hash` of an entry is one over fields of the description and not of what is installed, so it is
/// no integrity hash. What is direct is known only with a DESCRIPTION beside the file.
public final class RenvLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("renv-lock");
  private static final Map<String, String> HOSTS =
      Map.of(
          "github", "https://github.com/",
          "gitlab", "https://gitlab.com/",
          "bitbucket", "https://bitbucket.org/");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("renv.lock");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Node root = Json.read(file.bytes(), Limits.SCAN);
    if (root.get("Packages").isEmpty()) {
      throw new DocumentException(root.line(), "has no Packages", "run renv::snapshot()");
    }
    LockGaps gaps = new LockGaps(file.entry().path(), "run renv::snapshot()");
    LockGraph graph = new LockGraph();
    root.fields("Packages").forEach((key, entry) -> install(key, entry, graph, gaps));
    Optional<RDescription> description = RDescription.beside(file);
    description.ifPresent(it -> it.scopes().forEach(graph::ask));
    Relation unasked = description.isPresent() ? Relation.TRANSITIVE : Relation.UNKNOWN;
    return Extraction.of(graph.components(unasked), gaps.list());
  }

  private static void install(String key, Node entry, LockGraph graph, LockGaps gaps) {
    String name = entry.text("Package").orElse(key);
    List<String> needs = needs(entry);
    if (entry.text("Source").orElse("").equalsIgnoreCase("local")) {
      graph.local(name, needs);
      return;
    }
    Optional<String> version = entry.scalar("Version");
    if (version.isEmpty()) {
      gaps.add(entry.line(), "\"%s\" has no version".formatted(LockGaps.quote(name)));
      return;
    }
    gaps.purl(entry.line(), () -> purl(name, version.get(), entry))
        .ifPresent(
            purl -> graph.install(new Locked(name, purl, gaps.at(entry.line()), List.of(), needs)));
  }

  private static Purl purl(String name, String version, Node entry) {
    String source = entry.text("Source").orElse("").toLowerCase(Locale.ROOT);
    if (source.equals("bioconductor")) {
      return Purl.of("bioconductor", null, name, version);
    }
    Purl purl = Purl.of("cran", null, name, version);
    String commit = entry.scalar("RemoteSha").orElse(null);
    Optional<String> url = entry.text("RemoteUrl");
    String host = HOSTS.get(source);
    if (url.isPresent() && !source.equals("repository")) {
      return VcsUrl.on(purl, url.get(), commit);
    }
    Optional<String> user = entry.text("RemoteUsername");
    Optional<String> repository = entry.text("RemoteRepo");
    return host != null && user.isPresent() && repository.isPresent()
        ? VcsUrl.on(purl, host + user.get() + "/" + repository.get(), commit)
        : purl;
  }

  /* Newer files repeat the fields of the description, older ones list the names. */
  private static List<String> needs(Node entry) {
    List<String> needs = new ArrayList<>();
    for (String field : List.of("Requirements", "Depends", "Imports", "LinkingTo")) {
      for (Node item : entry.items(field)) {
        item.scalar().map(RDescription::name).ifPresent(needs::add);
      }
      entry.text(field).ifPresent(text -> needs.addAll(RDescription.names(text)));
    }
    return needs;
  }
}
