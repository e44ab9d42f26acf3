// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.gradle;

import dev.redoubt.model.Purl;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A module as Gradle writes it: `group:name:version:classifier@extension`.
///
/// @param version exactly as written, or null when there is none
record GradleCoordinate(
    String group,
    String name,
    @Nullable String version,
    @Nullable String classifier,
    @Nullable String extension) {

  /// Returns the module that `text` names; empty when it names none.
  static Optional<GradleCoordinate> parse(String text) {
    String notation = text.strip();
    int at = notation.lastIndexOf('@');
    String extension = at > 0 ? notation.substring(at + 1) : null;
    String[] parts = (at > 0 ? notation.substring(0, at) : notation).split(":", 5);
    if (parts.length < 2 || parts.length > 4) {
      return Optional.empty();
    }
    return of(
        parts[0],
        parts[1],
        parts.length > 2 ? parts[2] : null,
        parts.length > 3 ? parts[3] : null,
        extension);
  }

  static Optional<GradleCoordinate> of(
      String group,
      String name,
      @Nullable String version,
      @Nullable String classifier,
      @Nullable String extension) {
    if (!isName(group) || !isName(name)) {
      return Optional.empty();
    }
    String stated = version == null || version.isBlank() ? null : version.strip();
    return Optional.of(new GradleCoordinate(group, name, stated, classifier, extension));
  }

  /// Returns `group:name`.
  String module() {
    return group + ":" + name;
  }

  GradleCoordinate withVersion(@Nullable String other) {
    return new GradleCoordinate(group, name, other, classifier, extension);
  }

  /// Returns the one version that is asked for; empty when it is left open.
  Optional<String> pinned() {
    if (version == null) {
      return Optional.empty();
    }
    String exact =
        version.endsWith("!!") ? version.substring(0, version.length() - 2).strip() : version;
    boolean open =
        exact.isEmpty()
            || "[](".indexOf(exact.charAt(0)) >= 0
            || exact.endsWith("+")
            || exact.startsWith("latest.")
            || exact.indexOf(' ') >= 0
            || exact.indexOf('$') >= 0
            || exact.indexOf(',') >= 0;
    return open ? Optional.empty() : Optional.of(exact);
  }

  Purl purl() {
    Map<String, String> qualifiers = new TreeMap<>();
    if (classifier != null && !classifier.isEmpty()) {
      qualifiers.put("classifier", classifier);
    }
    if (extension != null && !extension.isEmpty() && !extension.equals("jar")) {
      qualifiers.put("type", extension);
    }
    return new Purl("maven", group, name, pinned().orElse(null), qualifiers, null);
  }

  private static boolean isName(String text) {
    if (text.isEmpty()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && "._-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
