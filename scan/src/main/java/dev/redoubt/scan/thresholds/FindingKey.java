// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.thresholds;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Subject;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// What makes two findings of two scans the same one: the kind, the subject without its version,
/// and any common name.
///
/// @param kind the family, lower-case
/// @param subject the purl without a version, the server or the file
/// @param names the identity and its aliases
record FindingKey(String kind, String subject, Set<String> names) {

  FindingKey {
    names = Set.copyOf(names);
  }

  static FindingKey of(Finding finding) {
    Set<String> names = new TreeSet<>(finding.identity().aliases());
    names.add(finding.identity().id());
    String subject =
        switch (finding.subject()) {
          case Subject.OfComponent(Purl purl) -> withoutVersion(purl);
          case Subject.OfServer(String server, String path) -> server + " in " + path;
          case Subject.OfFile(String path) -> path;
        };
    return new FindingKey(finding.kind().name().toLowerCase(Locale.ROOT), subject, names);
  }

  static String withoutVersion(Purl purl) {
    return purl.packageText();
  }

  boolean isSameAs(FindingKey other) {
    return kind.equals(other.kind)
        && subject.equals(other.subject)
        && names.stream().anyMatch(other.names::contains);
  }
}
