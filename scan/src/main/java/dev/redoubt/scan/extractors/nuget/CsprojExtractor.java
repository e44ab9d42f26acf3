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

/// Reads the package references of project files (csproj, fsproj, vbproj) and of
/// Directory.Build.props and Directory.Build.targets.
///
/// A project with a packages.lock.json beside it adds nothing: the lock says what is installed.
/// Versions come from the reference, the central Directory.Packages.props and the properties of
/// MSBuild files above; a version that stays open is a component without one, and a gap.
public final class CsprojExtractor implements Extractor {

  private static final PluginId ID = new PluginId("csproj");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public boolean wants(FileEntry file) {
    String name = file.name();
    return isProject(name)
        || name.equals("Directory.Build.props")
        || name.equals("Directory.Build.targets");
  }

  static boolean isProject(String name) {
    return name.endsWith(".csproj") || name.endsWith(".fsproj") || name.endsWith(".vbproj");
  }

  @Override
  public Extraction extract(SourceFile file) throws IOException {
    if (isProject(file.entry().name())
        && file.siblings().stream().anyMatch(NugetPackagesLockExtractor::isLock)) {
      return Extraction.EMPTY;
    }
    MsbuildProject project = MsbuildProject.read(file);
    LockGaps gaps =
        new LockGaps(
            file.entry().path(), "set RestorePackagesWithLockFile and commit packages.lock.json");
    List<Component> components = new ArrayList<>();
    for (Xml.Element item : project.items("PackageReference")) {
      var use = new NugetVersion.Use(ProjectScopes.of(item, project), Relation.DIRECT);
      for (String name : names(item, project)) {
        var named = new NugetVersion.Named(name, item, project);
        NugetVersion.add(named, version(name, item, project), use, gaps, components);
      }
    }
    var tool = new NugetVersion.Use(Scope.DEV, Relation.DIRECT);
    for (Xml.Element item : project.items("DotNetCliToolReference")) {
      for (String name : names(item, project)) {
        var named = new NugetVersion.Named(name, item, project);
        NugetVersion.add(named, version(name, item, project), tool, gaps, components);
      }
    }
    for (Xml.Element item : project.items("PackageDownload")) {
      String versions = MsbuildProject.metadata(item, "Version").orElse("");
      for (String name : names(item, project)) {
        var named = new NugetVersion.Named(name, item, project);
        for (String version : versions.split(";", -1)) {
          NugetVersion.add(named, Optional.of(version.strip()), tool, gaps, components);
        }
      }
    }
    return Extraction.of(components, gaps.list());
  }

  private static Optional<String> version(String name, Xml.Element item, MsbuildProject project) {
    return MsbuildProject.metadata(item, "VersionOverride")
        .or(() -> MsbuildProject.metadata(item, "Version"))
        .filter(it -> !it.isEmpty())
        .or(() -> project.centralVersion(name));
  }

  /* One item may name several packages, separated by semicolons. */
  private static List<String> names(Xml.Element item, MsbuildProject project) {
    String include = item.attribute("Include").orElse("");
    List<String> names = new ArrayList<>();
    for (String name : project.resolve(include).orElse(include).split(";", -1)) {
      if (!name.isBlank()) {
        names.add(name.strip());
      }
    }
    return names;
  }
}
