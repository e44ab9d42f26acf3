// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.nuget;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Xml;
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
import java.util.List;
import java.util.Optional;

/// Reads packages.config, the flat list of older .NET projects. It does not tell direct packages
/// from others.
public final class NugetPackagesConfigExtractor implements Extractor {

  private static final PluginId ID = new PluginId("nuget-packages-config");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("packages.config");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    Xml.Element root = Xml.read(file.bytes(), Limits.SCAN);
    if (!root.name().equals("packages")) {
      throw new DocumentException(
          root.line(),
          "starts with <%s>, not with <packages>".formatted(root.name()),
          "migrate to PackageReference");
    }
    LockGaps gaps = new LockGaps(file.entry().path(), "give the package an id and a version");
    List<Component> components = new ArrayList<>();
    for (Xml.Element item : root.children("package")) {
      Optional<String> id = item.attribute("id");
      Optional<String> version = item.attribute("version");
      if (id.isEmpty() || version.isEmpty()) {
        gaps.add(item.line(), "a package without an id or a version");
        continue;
      }
      boolean development =
          item.attribute("developmentDependency").orElse("").equalsIgnoreCase("true");
      gaps.purl(item.line(), () -> Purl.of("nuget", null, id.get().strip(), version.get().strip()))
          .ifPresent(purl ->
              components.add(
                  Component.of(
                      purl,
                      development ? Scope.DEV : Scope.PROD,
                      Relation.UNKNOWN,
                      gaps.at(item.line()))));
    }
    return Extraction.of(components, gaps.list());
  }
}
