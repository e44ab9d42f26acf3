// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Yaml;
import dev.redoubt.model.Component;
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

/// Reads pnpm-lock.yaml, lockfileVersion 5, 6 and 9.
///
/// The file may be a stream of two documents: what pnpm itself and its configuration need stands
/// before what the project needs. Both are installed, so both are read.
public final class PnpmLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("pnpm-lock");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("pnpm-lock.yaml");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    String path = file.entry().path();
    List<Component> components = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    for (Node document : Yaml.readAll(file.bytes(), Limits.SCAN)) {
      if (document instanceof Node.Nothing) {
        continue;
      }
      PnpmKeys keys = keys(path, document, gaps);
      components.addAll(new PnpmPackages(path, keys, gaps).read(document));
    }
    return Extraction.of(components, gaps);
  }

  private static PnpmKeys keys(String path, Node document, List<Gap> gaps)
      throws DocumentException {
    Node stated = document.get("lockfileVersion").orElse(null);
    String version = stated == null ? "" : stated.scalar().orElse("");
    String major = version.substring(0, Math.max(0, version.indexOf('.')));
    return switch (major.isEmpty() ? version : major) {
      case "5" -> PnpmKeys.SLASHES;
      case "6" -> PnpmKeys.SLASH_AND_AT;
      case "9" -> PnpmKeys.AT;
      default -> {
        if (stated == null || document.get("snapshots").isEmpty()) {
          throw new DocumentException(
              stated == null ? document.line() : stated.line(),
              stated == null
                  ? "is no pnpm lock file: it has no lockfileVersion"
                  : "lockfileVersion %s is not supported".formatted(version),
              "write it again with pnpm install");
        }
        gaps.add(
            Gap.at(
                new Location(path, stated.line()),
                "lockfileVersion %s is not known; it was read as version 9".formatted(version),
                "check what was found, or update Redoubt"));
        yield PnpmKeys.AT;
      }
    };
  }
}
