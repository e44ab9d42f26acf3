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

/// Reads bun.lock, lockfileVersion 0 and 1, which is JSON with comments and trailing commas.
///
/// The older bun.lockb is binary and belongs to the version of Bun that wrote it: it is a gap,
/// unless bun.lock lies beside it.
public final class BunLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("bun-lock");
  private static final String TEXT = "bun.lock";

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals(TEXT) || file.name().equals("bun.lockb");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    if (!file.entry().name().equals(TEXT)) {
      return binary(file);
    }
    Node root = Json.read(file.bytes(), Limits.SCAN);
    if (root.fields("packages").isEmpty() && root.fields("workspaces").isEmpty()) {
      throw new DocumentException(
          root.line(), "is no bun.lock: it has no packages", "run bun install");
    }
    List<Gap> gaps = new ArrayList<>();
    String version = root.scalar("lockfileVersion").orElse("");
    if (!version.equals("0") && !version.equals("1")) {
      gaps.add(
          Gap.at(
              new Location(
                  file.entry().path(), root.get("lockfileVersion").map(Node::line).orElse(1)),
              "lockfileVersion \"%s\" is not known; it was read as version 1".formatted(version),
              "check what was found, or update Redoubt"));
    }
    return new BunPackages(file.entry().path(), root, gaps).read();
  }

  private static Extraction binary(SourceFile file) {
    if (file.sibling(TEXT).isPresent()) {
      return Extraction.EMPTY;
    }
    return Extraction.of(
        List.of(),
        List.of(
            new Gap(
                file.entry().path(),
                null,
                "bun.lockb is binary and cannot be read",
                "write bun.lock with bun install --save-text-lockfile")));
  }
}
