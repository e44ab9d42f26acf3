// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.nuget;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.model.Component;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads packages.lock.json, versions 1 and 2, every target framework in it.
///
/// Referenced projects are no components. Which packages serve only the build is said by the
/// project files beside it (`PrivateAssets="all"`); without one the scope is unknown.
public final class NugetPackagesLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("nuget-packages-lock");
  private static final Set<String> VERSIONS = Set.of("1", "2");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return isLock(file.name());
  }

  /* A folder with several projects has packages.<project>.lock.json. */
  static boolean isLock(String name) {
    return name.equals("packages.lock.json")
        || (name.startsWith("packages.") && name.endsWith(".lock.json"));
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Node root = Json.read(file.bytes(), Limits.SCAN);
    if (root.get("dependencies").isEmpty()) {
      throw new DocumentException(
          root.line(), "has no dependencies", "run dotnet restore --force-evaluate");
    }
    LockGaps gaps = new LockGaps(file.entry().path(), "run dotnet restore --force-evaluate");
    String version = root.scalar("version").orElse("");
    if (!VERSIONS.contains(version)) {
      gaps.add(
          root.get("version").map(Node::line).orElse(root.line()),
          "version \"%s\" of the format is not known and was read as version 2"
              .formatted(LockGaps.quote(version)),
          "update redoubt");
    }
    ProjectScopes scopes = ProjectScopes.beside(file);
    List<Component> components = new ArrayList<>();
    Map<String, Node> frameworks = root.fields("dependencies");
    for (String framework : frameworks.keySet()) {
      LockGraph graph = new LockGraph();
      for (Map.Entry<String, Node> entry : packages(frameworks, framework).entrySet()) {
        add(entry.getKey(), entry.getValue(), new Target(graph, scopes, gaps));
      }
      components.addAll(graph.components(Relation.TRANSITIVE));
    }
    return Extraction.of(components, gaps.list());
  }

  private record Target(LockGraph graph, ProjectScopes scopes, LockGaps gaps) {}

  /* "net8.0/linux-x64" lists only what differs from "net8.0". */
  private static Map<String, Node> packages(Map<String, Node> frameworks, String framework) {
    Map<String, Node> own = fields(frameworks, framework);
    int slash = framework.indexOf('/');
    if (slash < 0) {
      return own;
    }
    Map<String, Node> all = new LinkedHashMap<>(fields(frameworks, framework.substring(0, slash)));
    all.putAll(own);
    return all;
  }

  private static Map<String, Node> fields(Map<String, Node> frameworks, String framework) {
    Node packages = frameworks.get(framework);
    return packages == null ? Map.of() : packages.fields();
  }

  private static void add(String name, Node entry, Target target) {
    String key = key(name);
    List<String> needs =
        entry.fields("dependencies").keySet().stream()
            .map(NugetPackagesLockExtractor::key)
            .toList();
    String type = entry.text("type").orElse("");
    if (type.equalsIgnoreCase("Project")) {
      target.graph().local(key, needs);
      target.graph().reach(key, target.scopes().ofProjects());
      return;
    }
    Optional<String> version = entry.scalar("resolved");
    if (version.isEmpty()) {
      target.gaps().add(entry.line(), "\"%s\" has no resolved version".formatted(name));
      return;
    }
    target
        .gaps()
        .purl(entry.line(), () -> Purl.of("nuget", null, name, version.get()))
        .ifPresent(purl -> {
          List<Hash> hashes =
              entry.text("contentHash").map(it -> new Hash("sha512", it)).stream().toList();
          target
              .graph()
              .install(new Locked(key, purl, target.gaps().at(entry.line()), hashes, needs));
          if (type.equalsIgnoreCase("Direct")) {
            target.graph().ask(key, target.scopes().scope(key));
          }
        });
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
