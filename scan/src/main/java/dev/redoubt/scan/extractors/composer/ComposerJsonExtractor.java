// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.composer;

import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads composer.json where no composer.lock beside it says what is installed.
///
/// Only an exact version pins; any other requirement is a component without a version, and a gap.
/// PHP, its extensions and packages from a path repository are no components.
public final class ComposerJsonExtractor implements Extractor {

  private static final PluginId ID = new PluginId("composer-json");
  private static final Pattern EXACT =
      Pattern.compile("=?=?\\s*(v?\\d{1,10}(\\.\\d{1,10}){0,3}(-[0-9A-Za-z.]+)?)");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("composer.json");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    if (file.sibling("composer.lock").isPresent()) {
      return Extraction.EMPTY;
    }
    Node root = Json.read(file.bytes(), Limits.SCAN);
    LockGaps gaps =
        new LockGaps(file.entry().path(), "run composer update and commit composer.lock");
    Set<String> local = local(file, root);
    List<Component> components = new ArrayList<>();
    add(root.fields("require"), Scope.PROD, local, gaps, components);
    add(root.fields("require-dev"), Scope.DEV, local, gaps, components);
    return Extraction.of(components, gaps.list());
  }

  private static void add(
      Map<String, Node> requirements,
      Scope scope,
      Set<String> local,
      LockGaps gaps,
      List<Component> into) {
    requirements.forEach((name, node) -> {
      int slash = name.indexOf('/');
      if (slash < 0 || local.contains(name)) {
        return;
      }
      String written = node.scalar().orElse("");
      Matcher exact = EXACT.matcher(written.strip());
      String version = exact.matches() ? exact.group(1) : null;
      Optional<Purl> purl =
          gaps.purl(
              node.line(),
              () ->
                  Purl.of(
                      "composer", name.substring(0, slash), name.substring(slash + 1), version));
      purl.ifPresent(
          it -> into.add(Component.of(it, scope, Relation.DIRECT, gaps.at(node.line()))));
      if (purl.isPresent() && version == null) {
        gaps.add(
            node.line(),
            "\"%s\" is not pinned: \"%s\" allows more than one version"
                .formatted(LockGaps.quote(name), LockGaps.quote(written)));
      }
    });
  }

  /* The names of the packages in path repositories; a pattern is followed in its last part only. */
  private static Set<String> local(SourceFile file, Node root) {
    Set<String> names = new HashSet<>();
    Optional<Node> repositories = root.get("repositories");
    List<Node> all = new ArrayList<>(root.items("repositories"));
    repositories.ifPresent(it -> all.addAll(it.fields().values()));
    for (Node repository : all) {
      String url = repository.text("url").orElse("");
      if (repository.text("type").orElse("").equals("path") && url.endsWith("/*")) {
        String folder = url.substring(0, url.length() - 1);
        file.siblings(folder).stream()
            .filter(it -> it.endsWith("/"))
            .forEach(it -> name(file, folder + it).ifPresent(names::add));
      } else if (repository.text("type").orElse("").equals("path")) {
        name(file, url + "/").ifPresent(names::add);
      }
    }
    return names;
  }

  private static Optional<String> name(SourceFile file, String folder) {
    Optional<SourceFile> manifest = file.sibling(folder + "composer.json");
    if (manifest.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Json.read(manifest.get().bytes(), Limits.SCAN).text("name");
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
