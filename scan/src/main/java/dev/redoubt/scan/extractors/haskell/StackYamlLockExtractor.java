// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.haskell;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Yaml;
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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads stack.yaml.lock: the packages that a project takes beyond its snapshot.
///
/// The packages of the snapshot itself are not in the file, so each snapshot is a gap.
public final class StackYamlLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("stack-yaml-lock");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("stack.yaml.lock");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Node root = Yaml.read(file.bytes(), Limits.SCAN);
    if (root.get("packages").isEmpty() && root.get("snapshots").isEmpty()) {
      throw new DocumentException(
          root.line(), "has neither packages nor snapshots", "run stack build --dry-run");
    }
    LockGaps gaps = new LockGaps(file.entry().path(), "run stack build --dry-run");
    List<Component> components = new ArrayList<>();
    for (Node item : root.items("packages")) {
      add(item, gaps, components);
    }
    for (Node item : root.items("snapshots")) {
      String name =
          item.scalar("original")
              .or(() -> item.get("original").flatMap(it -> it.scalar("url")))
              .or(() -> item.get("completed").flatMap(it -> it.scalar("url")))
              .orElse("?");
      gaps.add(
          item.line(),
          "the packages of the snapshot \"%s\" are not listed here".formatted(LockGaps.quote(name)),
          "scan a bill of materials made from the build plan as well");
    }
    return Extraction.of(components, gaps.list());
  }

  private static void add(Node item, LockGaps gaps, List<Component> into) {
    Node completed = item.get("completed").orElse(item);
    Optional<String> hackage = completed.text("hackage");
    Optional<String> name = completed.text("name");
    Optional<String> version = completed.scalar("version");
    Optional<Purl> purl = Optional.empty();
    List<Hash> hashes = List.of();
    if (hackage.isPresent()) {
      HackageRef ref = HackageRef.parse(hackage.get());
      if (ref.version() == null) {
        gaps.add(
            completed.line(),
            "no package with a version: \"%s\"".formatted(LockGaps.quote(hackage.get())));
        return;
      }
      purl = gaps.purl(completed.line(), () -> hackage(ref.name(), ref.version()));
      hashes = ref.hashes();
    } else if (name.isPresent() && version.isPresent()) {
      purl = gaps.purl(completed.line(), () -> source(completed, name.get(), version.get()));
      hashes = completed.text("sha256").map(it -> new Hash("sha256", it)).stream().toList();
    } else {
      gaps.add(completed.line(), "a package without a name and a version");
    }
    if (purl.isPresent()) {
      into.add(
          new Component(
              purl.get(),
              Scope.UNKNOWN,
              Relation.UNKNOWN,
              List.of(gaps.at(completed.line())),
              hashes,
              List.of()));
    }
  }

  private static Purl hackage(String name, @Nullable String version) {
    return Purl.of("hackage", null, name, version);
  }

  private static Purl source(Node completed, String name, String version) {
    Purl purl = hackage(name, version);
    Optional<String> git = completed.text("git").or(() -> completed.text("hg"));
    return git.isPresent()
        ? VcsUrl.on(purl, git.get(), completed.scalar("commit").orElse(null))
        : purl;
  }
}
