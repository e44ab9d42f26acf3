// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.maven;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Xml;
import dev.redoubt.model.Location;
import dev.redoubt.scan.extractors.maven.Pom.Activation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads one POM file.
final class PomReader {

  private static final String DEFAULT_PARENT = "../pom.xml";

  private final String path;

  private PomReader(String path) {
    this.path = path;
  }

  /// Returns the POM in `bytes`; `path` is what its locations name.
  ///
  /// @throws DocumentException if it is malformed or no POM
  static Pom read(byte[] bytes, String path) throws DocumentException {
    Xml.Element project = Xml.read(bytes, Limits.SCAN);
    if (!project.name().equals("project")) {
      throw new DocumentException(
          project.line(),
          "is no POM: the root element is <%s>, not <project>".formatted(shorten(project.name())),
          "correct the file, or rename it");
    }
    return new PomReader(path).pom(project);
  }

  private Pom pom(Xml.Element project) {
    List<Pom.Profile> profiles = new ArrayList<>();
    List<String> modules = new ArrayList<>(texts(project, "modules", "module"));
    modules.addAll(texts(project, "subprojects", "subproject"));
    for (Xml.Element profile : inside(project, "profiles", "profile")) {
      modules.addAll(texts(profile, "modules", "module"));
      profiles.add(new Pom.Profile(text(profile, "id"), activation(profile), section(profile)));
    }
    Optional<Gav> relocation =
        project
            .child("distributionManagement")
            .flatMap(it -> it.child("relocation"))
            .map(PomReader::gav);
    String packaging = project.text("packaging").orElse("jar");
    return new Pom(
        at(project),
        gav(project),
        project.child("parent").map(this::parent),
        section(project),
        profiles,
        new Pom.Links(packaging, modules, relocation));
  }

  private Pom.Parent parent(Xml.Element parent) {
    // An empty element means: do not look in the tree. Maven 4 lets the coordinates be left out.
    String relative = parent.child("relativePath").map(Xml.Element::text).orElse(DEFAULT_PARENT);
    return new Pom.Parent(gav(parent), relative, at(parent));
  }

  private Pom.Section section(Xml.Element element) {
    Map<String, String> properties = new HashMap<>();
    element
        .child("properties")
        .ifPresent(it -> it.children().forEach(p -> properties.put(p.name(), p.text())));
    List<Dependency> managed = new ArrayList<>();
    element
        .child("dependencyManagement")
        .ifPresent(it ->
            inside(it, "dependencies", "dependency").forEach(d -> managed.add(dependency(d))));
    return new Pom.Section(
        properties,
        inside(element, "dependencies", "dependency").stream().map(this::dependency).toList(),
        managed);
  }

  private Dependency dependency(Xml.Element element) {
    List<String> exclusions = new ArrayList<>();
    for (Xml.Element exclusion : inside(element, "exclusions", "exclusion")) {
      exclusions.add(
          exclusion.text("groupId").orElse("*") + ":" + exclusion.text("artifactId").orElse("*"));
    }
    return new Dependency(
        gav(element),
        new Dependency.Kind(element.text("type").orElse("jar"), text(element, "classifier")),
        text(element, "scope"),
        text(element, "optional"),
        exclusions,
        at(element));
  }

  /* Without properties of the caller's own, "!name" holds. Everything else depends on the machine or on
  who calls Maven. */
  private static Activation activation(Xml.Element profile) {
    Optional<Xml.Element> activation = profile.child("activation");
    if (activation.isEmpty()) {
      return Activation.OPEN;
    }
    Xml.Element rules = activation.get();
    boolean only = rules.children().size() == 1;
    if (rules.text("activeByDefault").orElse("").equals("true")) {
      return Activation.BY_DEFAULT;
    }
    String property = rules.child("property").flatMap(it -> it.text("name")).orElse("");
    return only && property.startsWith("!") ? Activation.ACTIVE : Activation.OPEN;
  }

  private static Gav gav(Xml.Element element) {
    return new Gav(text(element, "groupId"), text(element, "artifactId"), text(element, "version"));
  }

  private static List<Xml.Element> inside(Xml.Element element, String list, String item) {
    return element.child(list).map(it -> it.children(item)).orElse(List.of());
  }

  private static List<String> texts(Xml.Element element, String list, String item) {
    return inside(element, list, item).stream()
        .map(Xml.Element::text)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private static String text(Xml.Element element, String child) {
    return element.text(child).orElse("");
  }

  private Location at(Xml.Element element) {
    return new Location(path, element.line());
  }

  static String shorten(String text) {
    return text.length() <= 120 ? text : text.substring(0, 120) + "…";
  }
}
