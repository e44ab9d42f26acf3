// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import dev.redoubt.document.Node;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.SourceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The packages of a yarn.lock of Yarn 2 and newer.
///
/// What an entry is stands in its `resolution`: name, protocol and where it was taken from. Entries
/// of the protocol `workspace` are the project and its members. The `checksum` is that of the
/// archive in Yarn's own cache, not of what the registry gives out, so it is no integrity hash.
final class YarnBerryPackages {

  private static final String WORKSPACE = "workspace:";

  private final SourceFile file;
  private final List<Gap> gaps;
  private final LockGraph graph = new LockGraph();
  private final YarnPatterns patterns = new YarnPatterns();
  private final Map<String, String> workspaces = new LinkedHashMap<>();

  YarnBerryPackages(SourceFile file, List<Gap> gaps) {
    this.file = file;
    this.gaps = gaps;
  }

  Extraction read(Map<String, Node> entries) {
    entries.forEach(this::add);
    entries.forEach((id, entry) -> {
      if (workspaces.containsKey(id)) {
        ask(entry, workspaces.get(id));
      } else {
        connect(id, entry);
      }
    });
    if (workspaces.isEmpty()) {
      graph.rootsUnknown();
    }
    return Extraction.of(graph.components(), gaps);
  }

  private void add(String id, Node entry) {
    Location at = new Location(file.entry().path(), entry.line());
    String[] asked = id.split(",\\s*+", -1);
    for (String pattern : asked) {
      patterns.add(pattern, id);
    }
    Optional<Descriptor> resolved =
        entry.text("resolution").flatMap(Descriptor::of).or(() -> Descriptor.of(asked[0]));
    if (resolved.isEmpty()) {
      gap(at, "\"%s\" is no name with a range".formatted(id));
      return;
    }
    String reference = resolved.get().rest();
    patterns.add(resolved.get().name() + "@" + reference, id);
    if (reference.startsWith(WORKSPACE)) {
      graph.addLocal(id);
      workspaces.put(id, reference.substring(WORKSPACE.length()));
      return;
    }
    if (isLocal(reference)) {
      graph.addLocal(id);
      return;
    }
    String version = entry.scalar("version").filter(it -> !it.isBlank()).orElse(version(reference));
    Optional<Purl> purl = NpmName.purl(resolved.get().name(), version);
    if (purl.isEmpty()) {
      gap(at, "\"%s\" is no name of a package".formatted(resolved.get().name()));
      return;
    }
    if (version == null) {
      gap(at, "\"%s\" has no version".formatted(resolved.get().name()));
    }
    graph.add(id, purl.get(), at, List.of());
  }

  /* file:./vendor/x.tgz#./vendor/x.tgz::hash=1f2e3d&locator=… */
  private static boolean isLocal(String reference) {
    int parameters = reference.indexOf("::");
    return !reference.startsWith("patch:")
        && Requirement.of(parameters < 0 ? reference : reference.substring(0, parameters))
            instanceof Requirement.Local;
  }

  private static @Nullable String version(String reference) {
    if (!reference.startsWith("npm:")) {
      return null;
    }
    int parameters = reference.indexOf("::");
    return reference.substring(4, parameters < 0 ? reference.length() : parameters);
  }

  private void connect(String id, Node entry) {
    entry
        .text("resolution")
        .flatMap(YarnBerryPackages::patched)
        .flatMap(base -> patterns.find(base.name(), base.rest()))
        .ifPresent(base -> graph.needs(id, base));
    entry
        .fields("dependencies")
        .forEach((name, range) ->
            find(name, range)
                .ifPresent(to -> {
                  if (isOptional(entry, name)) {
                    graph.mayUse(id, to);
                  } else {
                    graph.needs(id, to);
                  }
                }));
  }

  /* name@patch:name@npm%3A1.0.0#file: the unpatched package is an entry of its own. */
  private static Optional<Descriptor> patched(String resolution) {
    int start = resolution.indexOf("@patch:");
    int end = resolution.indexOf('#', start);
    return start < 1 || end < 0
        ? Optional.empty()
        : Descriptor.of(
            resolution
                .substring(start + "@patch:".length(), end)
                .replace("%3A", ":")
                .replace("%40", "@"));
  }

  private static boolean isOptional(Node entry, String name) {
    return entry
        .get("dependenciesMeta")
        .flatMap(meta -> meta.get(name))
        .map(meta -> meta.isTrue("optional"))
        .orElse(false);
  }

  /* The lock lists what a workspace asks for in one map; its package.json knows the scope. */
  private void ask(Node entry, String folder) {
    Map<String, Manifest.Asked> manifest =
        Manifest.beside(file, folder + "/package.json", gaps).map(Manifest::asked).orElse(Map.of());
    entry
        .fields("dependencies")
        .forEach((name, range) -> {
          Manifest.Asked asked = manifest.get(name);
          Scope scope = asked == null ? Scope.UNKNOWN : asked.scope();
          find(name, range).ifPresent(to -> graph.root(to, scope));
        });
  }

  private Optional<String> find(String name, Node range) {
    return patterns.find(name, range.scalar().orElse(""));
  }

  private void gap(Location at, String reason) {
    gaps.add(Gap.at(at, reason, "run yarn install"));
  }
}
