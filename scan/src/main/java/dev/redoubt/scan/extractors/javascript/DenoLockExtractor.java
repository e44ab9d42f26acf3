// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads deno.lock, versions 1 to 5.
///
/// Modules that are loaded by address are no packages: how many there are is one gap.
public final class DenoLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("deno-lock");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("deno.lock");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    String path = file.entry().path();
    Node root = Json.read(file.bytes(), Limits.SCAN);
    if (!(root instanceof Node.Obj)) {
      throw new DocumentException(root.line(), "is no deno.lock", "run deno install");
    }
    List<Gap> gaps = new ArrayList<>();
    String version = root.scalar("version").orElse("1");
    if (!List.of("1", "2", "3", "4", "5").contains(version)) {
      gaps.add(
          Gap.at(
              new Location(path, root.get("version").map(Node::line).orElse(1)),
              "version \"%s\" of the lock file is not known; it was read as version 5"
                  .formatted(version),
              "check what was found, or update Redoubt"));
    }
    // version 1 is nothing but addresses; the others keep them under a key
    boolean bare = root.get("version").isEmpty() && root.get("remote").isEmpty();
    remote(path, bare ? root.fields() : root.fields("remote"), gaps);
    return bare ? Extraction.of(List.of(), gaps) : new DenoPackages(path, root, gaps).read();
  }

  private static void remote(String path, Map<String, Node> modules, List<Gap> gaps) {
    List<Node> hashes =
        modules.entrySet().stream()
            .filter(it -> it.getKey().contains("://"))
            .map(Map.Entry::getValue)
            .toList();
    if (!hashes.isEmpty()) {
      gaps.add(
          Gap.at(
              new Location(path, hashes.getFirst().line()),
              "%d modules are loaded by address, which is no package that can be looked up"
                  .formatted(hashes.size()),
              "import them from jsr: or npm:"));
    }
  }
}
