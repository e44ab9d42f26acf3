// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.nuget;

import dev.redoubt.document.Limits;
import dev.redoubt.document.Xml;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One MSBuild file with the properties and central versions that hold in it.
///
/// Read are the file itself, the nearest Directory.Build.props and Directory.Packages.props above,
/// and what those import by a plain path; at most 50 files. Conditions are taken as met, except
/// that a default (`'$(Name)' == ''`) never replaces a value.
final class MsbuildProject {

  private static final int MOST_FILES = 50;
  private static final String BUILD_PROPS = "Directory.Build.props";
  private static final String PACKAGES_PROPS = "Directory.Packages.props";

  private final Xml.Element root;
  private final MsbuildProperties properties = new MsbuildProperties();
  private final Map<String, String> central = new HashMap<>();
  private int files;

  private MsbuildProject(Xml.Element root) {
    this.root = root;
  }

  static MsbuildProject read(SourceFile file) throws IOException {
    MsbuildProject project = new MsbuildProject(Xml.read(file.bytes(), Limits.SCAN));
    project.inherit(file, BUILD_PROPS);
    project.inherit(file, PACKAGES_PROPS);
    project.include(file, project.root);
    return project;
  }

  /// Returns the elements called `name`, wherever they are in the file.
  List<Xml.Element> items(String name) {
    List<Xml.Element> found = new ArrayList<>();
    collect(root, name, found);
    return found;
  }

  /// Returns `text` with its properties replaced, or empty when one of them is not known.
  Optional<String> resolve(String text) {
    return properties.resolve(text);
  }

  /// Returns the version that is kept centrally for the package `name`, as written.
  Optional<String> centralVersion(String name) {
    return Optional.ofNullable(central.get(name.toLowerCase(Locale.ROOT)));
  }

  /// Returns whether the property `name` is true.
  boolean isTrue(String name) {
    return resolve("$(" + name + ")").orElse("").equalsIgnoreCase("true");
  }

  /// Returns the attribute or else the child element called `name`, as MSBuild takes both.
  static Optional<String> metadata(Xml.Element item, String name) {
    return item.attribute(name).or(() -> item.text(name)).map(String::strip);
  }

  private static void collect(Xml.Element element, String name, List<Xml.Element> into) {
    for (Xml.Element child : element.children()) {
      if (child.name().equals(name)) {
        into.add(child);
      } else {
        collect(child, name, into);
      }
    }
  }

  private void inherit(SourceFile file, String name) {
    if (!file.entry().name().equals(name)) {
      nearest(file, name, "").ifPresent(this::load);
    }
  }

  private static Optional<SourceFile> nearest(SourceFile from, String name, String above) {
    String up = above;
    int depth = (int) from.entry().path().chars().filter(c -> c == '/').count();
    for (int i = 0; i <= depth; i++) {
      Optional<SourceFile> found = from.sibling(up + name);
      if (found.isPresent()) {
        return found;
      }
      up += "../";
    }
    return Optional.empty();
  }

  /* A file that cannot be read leaves its properties unknown, and each use of one is a gap. */
  private void load(SourceFile file) {
    try {
      include(file, Xml.read(file.bytes(), Limits.SCAN));
    } catch (IOException _) {
      files++;
    }
  }

  private void include(SourceFile file, Xml.Element project) {
    if (++files > MOST_FILES) {
      return;
    }
    for (Xml.Element child : project.children()) {
      switch (child.name()) {
        case "Import" -> imported(file, child.attribute("Project").orElse(""));
        case "ImportGroup" ->
            child
                .children("Import")
                .forEach(it -> imported(file, it.attribute("Project").orElse("")));
        case "PropertyGroup" -> child.children().forEach(properties::set);
        default -> {}
      }
    }
    List<Xml.Element> versions = new ArrayList<>();
    collect(project, "PackageVersion", versions);
    for (Xml.Element version : versions) {
      Optional<String> name = metadata(version, "Include").or(() -> metadata(version, "Update"));
      Optional<String> value = metadata(version, "Version");
      if (name.isPresent() && value.isPresent()) {
        central.put(name.get().toLowerCase(Locale.ROOT), value.get());
      }
    }
  }

  private void imported(SourceFile file, String path) {
    if (files >= MOST_FILES) {
      return;
    }
    if (path.contains("GetPathOfFileAbove")) {
      nearest(file, file.entry().name(), "../").ifPresent(this::load);
      return;
    }
    properties
        .resolve(path.replace("$(MSBuildThisFileDirectory)", ""))
        .map(it -> it.replace('\\', '/'))
        .flatMap(file::sibling)
        .ifPresent(this::load);
  }
}
