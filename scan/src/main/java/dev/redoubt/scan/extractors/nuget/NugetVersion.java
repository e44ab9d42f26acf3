// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.nuget;

import dev.redoubt.document.Xml;
import dev.redoubt.model.Component;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.scan.extractors.lock.LockGaps;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the text of a version in a project file pins.
///
/// A plain version is the lowest that NuGet may take and, where it exists, the one it takes; so it
/// counts as pinned. Ranges and floating versions are not.
final class NugetVersion {

  private static final Pattern PLAIN =
      Pattern.compile("\\d{1,10}(\\.\\d{1,10}){0,3}(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");
  private static final Pattern EXACT = Pattern.compile("\\[\\s*([^,\\s\\]\\[]+)\\s*]");

  private NugetVersion() {}

  /// Returns the one version that `text` allows.
  static Optional<String> pinned(String text) {
    Matcher exact = EXACT.matcher(text);
    String version = exact.matches() ? exact.group(1) : text;
    return PLAIN.matcher(version).matches() ? Optional.of(version) : Optional.empty();
  }

  /// How a reference is listed.
  record Use(Scope scope, Relation relation) {}

  /// Adds the package `name` as `item` of `project` asks for it, with a gap when that pins no
  /// version.
  ///
  /// @param written the version as written, empty when there is none
  static void add(
      Named named, Optional<String> written, Use use, LockGaps gaps, List<Component> into) {
    Optional<String> resolved = written.flatMap(named.project()::resolve);
    Optional<String> pinned = resolved.flatMap(NugetVersion::pinned);
    int line = named.item().line();
    Optional<Purl> purl =
        gaps.purl(line, () -> Purl.of("nuget", null, named.name(), pinned.orElse(null)));
    if (purl.isEmpty()) {
      return;
    }
    into.add(Component.of(purl.get(), use.scope(), use.relation(), gaps.at(line)));
    if (pinned.isEmpty()) {
      gaps.add(
          line,
          "\"%s\" is not pinned: %s"
              .formatted(LockGaps.quote(named.name()), why(written, resolved)));
    }
  }

  /// One package of one item.
  record Named(String name, Xml.Element item, MsbuildProject project) {}

  private static String why(Optional<String> written, Optional<String> resolved) {
    if (written.isEmpty()) {
      return "no version is given here or centrally";
    }
    String text = LockGaps.quote(written.get());
    return resolved.isEmpty()
        ? "\"%s\" could not be resolved".formatted(text)
        : "\"%s\" allows more than one version".formatted(LockGaps.quote(resolved.get()));
  }
}
