// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.thresholds;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Severity;
import java.util.Locale;

/// A line that no finding may cross.
public sealed interface Threshold {

  /// Returns its name as on the command line, in the manner of `fail-on high`.
  String name();

  /// Returns whether `finding` crosses it.
  boolean crossedBy(Finding finding);

  /// A malicious package.
  record Malicious() implements Threshold {
    @Override
    public String name() {
      return "malicious";
    }

    @Override
    public boolean crossedBy(Finding finding) {
      return finding.kind() == Finding.Kind.MALICIOUS;
    }
  }

  /// A vulnerability of the CISA KEV catalogue.
  record Exploited() implements Threshold {
    @Override
    public String name() {
      return "fail-on-kev";
    }

    @Override
    public boolean crossedBy(Finding finding) {
      return finding.rating().exploited();
    }
  }

  /// A finding of a band or a worse one. An unknown severity is in no band; only [Any] counts it.
  record AtLeast(Severity severity) implements Threshold {
    public AtLeast {
      requireNonNull(severity, "severity");
      if (severity == Severity.UNKNOWN) {
        throw new IllegalArgumentException("unknown is no band");
      }
    }

    @Override
    public String name() {
      return "fail-on " + severity.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean crossedBy(Finding finding) {
      return finding.rating().severity().compareTo(severity) <= 0;
    }
  }

  /// Any finding at all, unknown severity included.
  record Any() implements Threshold {
    @Override
    public String name() {
      return "fail-on any";
    }

    @Override
    public boolean crossedBy(Finding finding) {
      return true;
    }
  }
}
