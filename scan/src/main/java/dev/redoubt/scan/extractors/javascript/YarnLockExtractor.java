// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Yaml;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.PluginId;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads yarn.lock: the classic grammar of Yarn 1 and the YAML of Yarn 2 and newer.
///
/// The lock does not say what the project asks for (Yarn 1) or what of it is for development only
/// (all versions). The package.json files beside it and of its workspaces do; what they do not tell
/// is unknown.
public final class YarnLockExtractor implements Extractor {

  private static final PluginId ID = new PluginId("yarn-lock");
  private static final String METADATA = "__metadata";
  private static final int NEWEST = 8;

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("yarn.lock");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    String text = file.text();
    List<Gap> gaps = new ArrayList<>();
    if (!text.startsWith(METADATA + ":") && !text.contains("\n" + METADATA + ":")) {
      Node root = YarnClassic.read(file.entry().path(), text, gaps);
      return new YarnClassicPackages(file, gaps).read(root.fields());
    }
    Node root = Yaml.read(file.bytes(), Limits.SCAN);
    String version = root.get(METADATA).flatMap(it -> it.scalar("version")).orElse("");
    if (version.length() > 4 || !isKnown(version)) {
      gaps.add(
          Gap.at(
              new Location(file.entry().path(), root.get(METADATA).map(Node::line).orElse(1)),
              "version \"%s\" of the lock file is not known; it was read as version %s"
                  .formatted(version, NEWEST),
              "check what was found, or update Redoubt"));
    }
    Map<String, Node> entries = new LinkedHashMap<>(root.fields());
    entries.remove(METADATA);
    return new YarnBerryPackages(file, gaps).read(entries);
  }

  private static boolean isKnown(String version) {
    return !version.isEmpty()
        && version.chars().allMatch(c -> c >= '0' && c <= '9')
        && Integer.parseInt(version) <= NEWEST;
  }
}
