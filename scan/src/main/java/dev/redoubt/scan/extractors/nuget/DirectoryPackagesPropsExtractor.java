// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.nuget;

import dev.redoubt.document.Xml;
import dev.redoubt.model.Component;
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

/// Reads the central versions of Directory.Packages.props.
///
/// The file does not say which project uses a version, so relation and scope are unknown until a
/// project file names the package. A global reference is used by every project, for the build.
public final class DirectoryPackagesPropsExtractor implements Extractor {

  private static final PluginId ID = new PluginId("directory-packages-props");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    return file.name().equals("Directory.Packages.props");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    MsbuildProject project = MsbuildProject.read(file);
    LockGaps gaps = new LockGaps(file.entry().path(), "name one version");
    List<Component> components = new ArrayList<>();
    for (Xml.Element item : project.items("PackageVersion")) {
      add(item, project, new NugetVersion.Use(Scope.UNKNOWN, Relation.UNKNOWN), gaps, components);
    }
    for (Xml.Element item : project.items("GlobalPackageReference")) {
      add(item, project, new NugetVersion.Use(Scope.DEV, Relation.DIRECT), gaps, components);
    }
    return Extraction.of(components, gaps.list());
  }

  private static void add(
      Xml.Element item,
      MsbuildProject project,
      NugetVersion.Use use,
      LockGaps gaps,
      List<Component> into) {
    Optional<String> name =
        item.attribute("Include").or(() -> item.attribute("Update")).flatMap(project::resolve);
    if (name.isEmpty() || name.get().isBlank()) {
      gaps.add(item.line(), "a central version that names no package", "name the package");
      return;
    }
    var named = new NugetVersion.Named(name.get().strip(), item, project);
    NugetVersion.add(named, MsbuildProject.metadata(item, "Version"), use, gaps, into);
  }
}
