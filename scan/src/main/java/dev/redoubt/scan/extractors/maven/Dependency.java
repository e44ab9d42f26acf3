// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.maven;

import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A dependency or a managed dependency, as written or, later, filled in and managed.
///
/// @param gav the version is empty when absent
/// @param kind type and classifier
/// @param scope empty when absent
/// @param optional `true`, `false` or empty when absent
/// @param exclusions `group:artifact`, either may be `*`
/// @param at where it is written; of a POM outside the tree, where the tree leads to it
record Dependency(
    Gav gav, Kind kind, String scope, String optional, List<String> exclusions, Location at) {

  /// @param type `jar` when absent
  /// @param classifier empty when absent
  record Kind(String type, String classifier) {

    /* Types that are a jar under another name; the classifier is what makes the difference. */
    private static final Map<String, String> JARS =
        Map.of(
            "jar", "",
            "test-jar", "tests",
            "maven-plugin", "",
            "ejb", "",
            "ejb-client", "client",
            "java-source", "sources",
            "javadoc", "javadoc",
            "bundle", "");

    /// Returns the kind by the file it stands for: `test-jar` is a jar with classifier `tests`.
    Kind file() {
      String implied = JARS.get(type);
      return implied == null ? this : new Kind("jar", classifier.isEmpty() ? implied : classifier);
    }
  }

  Dependency {
    exclusions = List.copyOf(exclusions);
  }

  /// Returns what management and inheritance tell dependencies apart by.
  String key() {
    return gav.module() + ":" + kind.type() + ":" + kind.classifier();
  }

  /// Returns what of several versions only one can be on a class path.
  String conflict() {
    Kind file = kind.file();
    return gav.module() + ":" + file.type() + ":" + file.classifier();
  }

  /// Returns the one version that is asked for; empty when it is left open or not known.
  Optional<String> pinned() {
    String version = gav.version();
    boolean exact = version.length() > 2 && version.startsWith("[") && version.endsWith("]");
    if (exact && version.indexOf(',') < 0) {
      version = version.substring(1, version.length() - 1).strip();
    }
    boolean open =
        version.isEmpty()
            || version.contains("${")
            || version.equals("LATEST")
            || version.equals("RELEASE")
            || "[(".indexOf(version.charAt(0)) >= 0
            || version.indexOf(',') >= 0;
    return open ? Optional.empty() : Optional.of(version);
  }

  boolean isOptional() {
    return optional.equals("true");
  }

  Dependency withGav(Gav other) {
    return new Dependency(other, kind, scope, optional, exclusions, at);
  }

  Dependency withScope(String other) {
    return new Dependency(gav, kind, other, optional, exclusions, at);
  }

  Dependency withExclusions(List<String> others) {
    return new Dependency(gav, kind, scope, optional, others, at);
  }

  Dependency withOptional(String other) {
    return new Dependency(gav, kind, scope, other, exclusions, at);
  }

  Dependency at(Location other) {
    return new Dependency(gav, kind, scope, optional, exclusions, other);
  }

  Purl purl() {
    Kind file = kind.file();
    Map<String, String> qualifiers = new TreeMap<>();
    if (!file.classifier().isEmpty()) {
      qualifiers.put("classifier", file.classifier());
    }
    if (!file.type().equals("jar")) {
      qualifiers.put("type", file.type());
    }
    return new Purl("maven", gav.group(), gav.artifact(), pinned().orElse(null), qualifiers, null);
  }
}
