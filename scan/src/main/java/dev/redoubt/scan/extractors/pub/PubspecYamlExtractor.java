// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.pub;

import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Yaml;
import dev.redoubt.model.Component;
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
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads pubspec.yaml where no pubspec.lock says what is installed: beside it or, for a member of a
/// workspace, above.
///
/// Only an exact version and a full git commit pin; any other requirement is a component without a
/// version, and a gap. Packages of an SDK and local paths are no components.
public final class PubspecYamlExtractor implements Extractor {

  private static final PluginId ID = new PluginId("pubspec-yaml");
  private static final Pattern EXACT =
      Pattern.compile("\\d{1,10}(\\.\\d{1,10}){2}([-+][0-9A-Za-z.+-]+)?");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("pubspec.yaml");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    if (file.sibling("pubspec.lock").isPresent()) {
      return Extraction.EMPTY;
    }
    Node root = Yaml.read(file.bytes(), Limits.SCAN);
    if (root.text("resolution").orElse("").equals("workspace") && isLockedAbove(file)) {
      return Extraction.EMPTY;
    }
    LockGaps gaps = new LockGaps(file.entry().path(), "run dart pub get and commit pubspec.lock");
    List<Component> components = new ArrayList<>();
    add(root.fields("dependencies"), Scope.PROD, gaps, components);
    add(root.fields("dev_dependencies"), Scope.DEV, gaps, components);
    return Extraction.of(components, gaps.list());
  }

  private static boolean isLockedAbove(SourceFile file) {
    String at = "../pubspec.lock";
    for (long left = file.entry().path().chars().filter(c -> c == '/').count(); left > 0; left--) {
      if (file.sibling(at).isPresent()) {
        return true;
      }
      at = "../" + at;
    }
    return false;
  }

  private static void add(
      Map<String, Node> requirements, Scope scope, LockGaps gaps, List<Component> into) {
    requirements.forEach((name, node) -> {
      if (node.get("sdk").isPresent() || node.get("path").isPresent()) {
        return;
      }
      Optional<Purl> purl = gaps.purl(node.line(), () -> purl(name, node));
      if (purl.isEmpty()) {
        return;
      }
      into.add(Component.of(purl.get(), scope, Relation.DIRECT, gaps.at(node.line())));
      if (purl.get().version() == null) {
        gaps.add(
            node.line(),
            "\"%s\" is not pinned to one version or commit".formatted(LockGaps.quote(name)));
      }
    });
  }

  private static Purl purl(String name, Node node) {
    Optional<Node> git = node.get("git");
    if (git.isPresent()) {
      String commit = git.get().text("ref").filter(it -> COMMIT.matcher(it).matches()).orElse(null);
      String url = git.get().text("url").or(() -> git.get().scalar()).orElse("");
      return VcsUrl.on(Purl.of("pub", null, name, commit), url, commit);
    }
    String version =
        node.scalar()
            .or(() -> node.scalar("version"))
            .filter(it -> EXACT.matcher(it).matches())
            .orElse(null);
    return Purl.of("pub", null, name, version);
  }
}
