// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.advisories;

import static java.util.Objects.requireNonNull;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.advisory.database.AdvisoryMatch;
import dev.redoubt.advisory.database.EcosystemAdvisories;
import dev.redoubt.advisory.database.Lookup;
import dev.redoubt.advisory.database.PackageCoordinate;
import dev.redoubt.advisory.database.Source;
import dev.redoubt.advisory.versions.VersionOrders;
import dev.redoubt.model.Component;
import dev.redoubt.model.Finding;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.Location;
import dev.redoubt.model.Subject;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.Matches;
import dev.redoubt.scan.api.PluginId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reports every package that an advisory names, at the versions the advisory names.
///
/// A package of an ecosystem without imported advisories is not checked, and that is one gap for
/// the ecosystem, never silence. So is a record that cannot be compared with the installed version.
public final class AdvisoryMatcher implements Matcher {

  private static final PluginId ID = new PluginId("advisories");

  private final AdvisoryDatabase database;

  public AdvisoryMatcher(AdvisoryDatabase database) {
    this.database = requireNonNull(database, "database");
  }

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public Matches match(Inventory inventory) {
    List<Finding> findings = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    Map<String, Integer> unchecked = new TreeMap<>();
    Map<String, EcosystemAdvisories> checked = new TreeMap<>();
    for (Component component : inventory.components()) {
      PackageCoordinate coordinate = PackageCoordinate.of(component.purl());
      Optional<EcosystemAdvisories> advisories = database.ecosystem(coordinate.ecosystem());
      if (advisories.isEmpty()) {
        unchecked.merge(coordinate.ecosystem(), 1, Integer::sum);
        continue;
      }
      checked.put(coordinate.ecosystem(), advisories.get());
      Lookup lookup = advisories.get().match(coordinate);
      lookup.matches().forEach(match -> findings.add(finding(component, match)));
      if (!lookup.undecided().isEmpty()) {
        gaps.add(undecided(component, lookup.undecided()));
      }
    }
    unchecked.forEach((ecosystem, count) -> gaps.add(noAdvisories(ecosystem, count)));
    checked.forEach((ecosystem, advisories) -> gaps.addAll(rejected(ecosystem, advisories)));
    return new Matches(findings, gaps);
  }

  private static Finding finding(Component component, AdvisoryMatch match) {
    Finding.Kind kind =
        switch (match.kind()) {
          case MALICIOUS -> Finding.Kind.MALICIOUS;
          case VULNERABLE -> Finding.Kind.ADVISORY;
        };
    List<String> evidence = new ArrayList<>(match.proof().evidence());
    match.references().forEach(reference -> evidence.add("see " + reference));
    return new Finding(
        match.identity(),
        kind,
        match.rating(),
        new Subject.OfComponent(component.purl()),
        new Finding.Proof(match.proof().summary(), match.proof().fixed(), evidence),
        component.locations());
  }

  private static Gap noAdvisories(String ecosystem, int count) {
    return VersionOrders.forEcosystem(ecosystem).isPresent()
        ? new Gap(
            null,
            null,
            "no advisories for %s".formatted(ecosystem),
            "run redoubt db sync or redoubt db import")
        : new Gap(
            null,
            null,
            "%d %s package%s: no advisory database covers this kind"
                .formatted(count, ecosystem, count == 1 ? "" : "s"),
            "look them up by hand");
  }

  private static Gap undecided(Component component, List<String> records) {
    Location location = component.locations().getFirst();
    return Gap.at(
        location,
        "%s cannot be compared with %s".formatted(component.purl(), String.join(", ", records)),
        component.purl().version() == null ? "pin the version" : "read the advisories by hand");
  }

  private static List<Gap> rejected(String ecosystem, EcosystemAdvisories advisories) {
    List<Gap> gaps = new ArrayList<>();
    for (Source source : advisories.file().sources()) {
      if (source.rejected().count() > 0) {
        gaps.add(
            new Gap(
                null,
                null,
                "%d advisories for %s could not be read when \"%s\" was imported"
                    .formatted(source.rejected().count(), ecosystem, source.name()),
                "see redoubt db status, then import it again"));
      }
    }
    return gaps;
  }
}
