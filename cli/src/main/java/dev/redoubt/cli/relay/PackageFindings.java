// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.sandbox.Table;
import dev.redoubt.model.Component;
import dev.redoubt.model.Finding;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.model.Severity;
import dev.redoubt.model.Subject;
import dev.redoubt.scan.api.Matches;
import dev.redoubt.scan.matchers.advisories.AdvisoryMatcher;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the advisories on this machine say of the packages a server is started from.
///
/// @param refusal why it is not started, empty when it may be
/// @param notes what a person is told besides, one line each
record PackageFindings(Optional<String> refusal, List<String> notes) {

  private static final int MOST = 5;

  PackageFindings {
    notes = List.copyOf(notes);
  }

  /// Returns what is said of `packages`.
  ///
  /// @throws dev.redoubt.model.RedoubtException USAGE if the configuration is malformed
  static PackageFindings of(Call call, List<Purl> packages) {
    Table table = Table.root(call).table("relay");
    Optional<Severity> blocked = severity(table);
    boolean closed = isClosed(table);
    if (packages.isEmpty()) {
      return new PackageFindings(Optional.empty(), List.of());
    }
    Location place = new Location("command", null);
    List<Component> components =
        packages.stream()
            .distinct()
            .map(purl -> Component.of(purl, Scope.PROD, Relation.DIRECT, place))
            .toList();
    Matches matches =
        new AdvisoryMatcher(AdvisoryDatabase.open(call.globals().dataDir()))
            .match(Inventory.ofComponents(components));
    List<Finding> stopping =
        matches.findings().stream().filter(finding -> stops(finding, blocked)).toList();
    if (!stopping.isEmpty()) {
      return new PackageFindings(Optional.of(words(stopping)), List.of());
    }
    List<String> gaps = matches.gaps().stream().map(PackageFindings::words).distinct().toList();
    if (closed && !gaps.isEmpty()) {
      return new PackageFindings(Optional.of("not checked: " + gaps.getFirst()), List.of());
    }
    return new PackageFindings(Optional.empty(), notes(matches.findings(), gaps));
  }

  private static List<String> notes(List<Finding> findings, List<String> gaps) {
    List<String> notes = new java.util.ArrayList<>();
    if (!findings.isEmpty()) {
      notes.add("known of its package: " + words(findings));
    }
    gaps.stream().limit(MOST).forEach(gap -> notes.add("its package is not checked: " + gap));
    return notes;
  }

  private static boolean stops(Finding finding, Optional<Severity> blocked) {
    return finding.kind() == Finding.Kind.MALICIOUS
        || blocked.filter(least -> isAtLeast(finding.rating().severity(), least)).isPresent();
  }

  private static boolean isAtLeast(Severity severity, Severity least) {
    return severity != Severity.UNKNOWN && severity.compareTo(least) <= 0;
  }

  private static String words(List<Finding> findings) {
    List<String> all = findings.stream().limit(MOST).map(PackageFindings::words).toList();
    return String.join("; ", all)
        + (findings.size() > MOST ? "; and %d more".formatted(findings.size() - MOST) : "");
  }

  private static String words(Finding finding) {
    String subject =
        finding.subject() instanceof Subject.OfComponent(Purl purl)
            ? purl.toString()
            : "its package";
    String kind =
        finding.kind() == Finding.Kind.MALICIOUS
            ? "malicious"
            : finding.rating().severity().name().toLowerCase(Locale.ROOT);
    return "%s is %s (%s)".formatted(subject, kind, finding.identity().id());
  }

  private static String words(Gap gap) {
    return "%s; %s".formatted(gap.reason(), gap.hint());
  }

  private static Optional<Severity> severity(Table table) {
    String word = table.text("block-severity").orElse("critical");
    return switch (word) {
      case "critical" -> Optional.of(Severity.CRITICAL);
      case "high" -> Optional.of(Severity.HIGH);
      case "medium" -> Optional.of(Severity.MEDIUM);
      case "low" -> Optional.of(Severity.LOW);
      case "none" -> Optional.empty();
      default -> throw table.wrong("block-severity", "is not critical, high, medium, low or none");
    };
  }

  private static boolean isClosed(Table table) {
    String word = table.text("without-advisories").orElse("start");
    return switch (word) {
      case "start" -> false;
      case "refuse" -> true;
      default -> throw table.wrong("without-advisories", "is not start or refuse");
    };
  }
}
