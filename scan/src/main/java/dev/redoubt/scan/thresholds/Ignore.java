// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.thresholds;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Subject;
import java.time.LocalDate;
import java.util.Objects;

/// A finding that somebody decided to live with until a day.
///
/// @param id the identity or one of its aliases
/// @param subject what it is about; a purl without a version stands for every version
/// @param reason why
/// @param expires the last day on which it holds
/// @param source the file that says so
public record Ignore(String id, Subject subject, String reason, LocalDate expires, String source) {

  public Ignore {
    requireNonNull(id, "id");
    requireNonNull(subject, "subject");
    requireNonNull(reason, "reason");
    requireNonNull(expires, "expires");
    requireNonNull(source, "source");
  }

  /// Returns whether this is about `finding`: the identity and the subject both.
  boolean isAbout(Finding finding) {
    return finding.identity().isCalled(id) && covers(subject, finding.subject());
  }

  private static boolean covers(Subject ignored, Subject found) {
    return switch (ignored) {
      case Subject.OfComponent(Purl wanted) ->
          found instanceof Subject.OfComponent(Purl purl) && PurlScope.covers(wanted, purl);
      case Subject.OfServer(String name, String configuration) ->
          found instanceof Subject.OfServer(String server, String path)
              && server.equals(name)
              && (configuration.isEmpty() || configuration.equals(path));
      case Subject.OfFile _ -> Objects.equals(ignored, found);
    };
  }
}
