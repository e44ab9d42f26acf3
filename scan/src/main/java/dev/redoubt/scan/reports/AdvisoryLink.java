// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Finding;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a person can read an advisory.
final class AdvisoryLink {

  /// The name of the database the links lead to.
  static final String DATABASE = "OSV";

  private static final Pattern ID = Pattern.compile("[A-Z][A-Za-z]{1,15}-[A-Za-z0-9.:_-]{1,60}");

  private AdvisoryLink() {}

  /// Returns the public page of `finding`; empty for a rule, and for an id that is not formed like
  /// one of an advisory.
  static Optional<String> of(Finding finding) {
    return switch (finding.kind()) {
      case ADVISORY, MALICIOUS -> of(finding.identity().id());
      case MCP, INSTRUCTION -> Optional.empty();
    };
  }

  /// Returns the public page of the advisory `id`; empty when it is not formed like one.
  static Optional<String> of(String id) {
    return ID.matcher(id).matches()
        ? Optional.of("https://osv.dev/vulnerability/" + UriText.ofPath(id))
        : Optional.empty();
  }
}
