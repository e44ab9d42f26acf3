// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.inspect;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.cli.Call;
import dev.redoubt.model.Component;
import dev.redoubt.model.Finding;
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

/// What the advisories on this machine say of the packages of one server.
///
/// @param notes what could not be checked, one line each
public record PackageFlaws(List<Flaw> flaws, List<String> notes) {

  public PackageFlaws {
    flaws = List.copyOf(flaws);
    notes = List.copyOf(notes);
  }

  /// Returns what is said of `packages`.
  public static PackageFlaws of(Call call, String server, List<Purl> packages) {
    if (packages.isEmpty()) {
      return new PackageFlaws(List.of(), List.of());
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
    return new PackageFlaws(
        matches.findings().stream().map(finding -> flaw(server, finding)).toList(),
        matches.gaps().stream()
            .map(gap -> "not checked: %s; %s".formatted(gap.reason(), gap.hint()))
            .distinct()
            .toList());
  }

  /// Returns `finding` as something that is wrong with `server`.
  static Flaw flaw(String server, Finding finding) {
    boolean malicious = finding.kind() == Finding.Kind.MALICIOUS;
    String subject =
        finding.subject() instanceof Subject.OfComponent(Purl purl) ? purl.toString() : "";
    String fixed = finding.proof().fixed();
    return new Flaw(
        malicious ? Severity.CRITICAL : finding.rating().severity(),
        finding.identity().id(),
        server,
        subject,
        "",
        (malicious ? "is malicious: " : "")
            + finding.proof().summary()
            + (fixed == null ? "" : " (fixed in %s)".formatted(fixed)));
  }
}
