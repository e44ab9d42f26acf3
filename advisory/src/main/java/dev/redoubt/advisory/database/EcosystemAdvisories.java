// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import dev.redoubt.advisory.enrichment.Enrichment;
import dev.redoubt.advisory.files.CorruptFileException;
import dev.redoubt.advisory.files.SectionFile;
import dev.redoubt.advisory.osv.Affected;
import dev.redoubt.advisory.osv.Evaluator;
import dev.redoubt.advisory.osv.Evaluator.Verdict;
import dev.redoubt.advisory.osv.OsvRecord;
import dev.redoubt.advisory.versions.VersionOrders;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Answers which weaknesses of one ecosystem a package has.
///
/// Works on the mapping it was opened with, also after a newer file took its place. A name that no
/// record mentions costs no allocation. Safe to share.
public final class EcosystemAdvisories {

  private final AdvisoryFile file;
  private final PackageIndex packages;
  private final NameRule names;
  private final Evaluator evaluator;
  private final Enrichment enrichment;

  EcosystemAdvisories(AdvisoryFile file, Enrichment enrichment) {
    this.file = file;
    this.packages = file.packages();
    this.names = NameRule.of(file.ecosystem());
    this.evaluator = new Evaluator(VersionOrders.forEcosystem(file.ecosystem()).orElse(null));
    this.enrichment = enrichment;
  }

  /// Returns the compiled file behind the answers.
  public AdvisoryFile file() {
    return file;
  }

  /// Returns what is known about `name` at `version`, whatever the release of the distribution.
  ///
  /// @param name as OSV writes it for this ecosystem
  /// @param version the version, or null when it is not known: then only a package of which every
  ///   version is affected matches
  public Lookup match(String name, @Nullable String version) {
    return match(name, "", version);
  }

  /// Returns what is known about `coordinate`; its ecosystem is not looked at.
  public Lookup match(PackageCoordinate coordinate) {
    return match(coordinate.name(), coordinate.release(), coordinate.version());
  }

  private Lookup match(String name, String release, @Nullable String version) {
    String normalised = names.normalise(name);
    List<PackageIndex.Part> parts = parts(normalised);
    if (parts.isEmpty()) {
      return Lookup.NONE;
    }
    Evaluator.Judge installed = judge(version);
    TreeMap<Integer, List<Affected>> hits = new TreeMap<>();
    TreeMap<Integer, Boolean> undecided = new TreeMap<>();
    for (PackageIndex.Part part : parts) {
      if (!file.isActive(part.record())) {
        continue;
      }
      switch (judge(part.affected(), release, installed)) {
        case AFFECTED -> hits.computeIfAbsent(part.record(), _ -> new ArrayList<>());
        case UNDECIDED -> undecided.put(part.record(), true);
        case NOT_AFFECTED -> {
          // Says nothing about this version.
        }
      }
    }
    if (hits.isEmpty() && undecided.isEmpty()) {
      return Lookup.NONE;
    }
    for (PackageIndex.Part part : parts) {
      List<Affected> about = hits.get(part.record());
      if (about != null
          && ReleaseRule.of(part.affected().coordinate().release(), release)
              == ReleaseRule.Cover.YES) {
        about.add(part.affected());
      }
    }
    hits.keySet().forEach(undecided::remove);
    return new Lookup(
        merged(normalised, release, installed, hits),
        undecided.keySet().stream().map(index -> file.record(index).id()).sorted().toList());
  }

  private Evaluator.Judge judge(@Nullable String version) {
    if (version == null) {
      return evaluator.at(null);
    }
    String plain = plain(version);
    return VersionShape.of(file.ecosystem()).fits(plain)
        ? evaluator.at(plain)
        : evaluator.unordered(version);
  }

  private List<PackageIndex.Part> parts(String normalised) {
    try {
      return packages.find(normalised);
    } catch (CorruptFileException | IndexOutOfBoundsException e) {
      throw SectionFile.refused(
          file.path(), AdvisoryFile.FORMAT, "it is corrupted: " + e.getMessage());
    }
  }

  private static Verdict judge(Affected affected, String release, Evaluator.Judge installed) {
    return switch (ReleaseRule.of(affected.coordinate().release(), release)) {
      case YES -> installed.judge(affected);
      case NO -> Verdict.NOT_AFFECTED;
      case UNKNOWN ->
          installed.judge(affected) == Verdict.NOT_AFFECTED
              ? Verdict.NOT_AFFECTED
              : Verdict.UNDECIDED;
    };
  }

  private List<AdvisoryMatch> merged(
      String name,
      String release,
      Evaluator.Judge installed,
      SortedMap<Integer, List<Affected>> hits) {
    List<Weakness> weaknesses = new ArrayList<>();
    hits.forEach((index, affected) -> {
      OsvRecord record = file.record(index);
      Weakness weakness = new Weakness(record, affected, vectors(record, name, release));
      weaknesses.removeIf(known -> weakness.absorbed(known));
      weaknesses.add(weakness);
    });
    return weaknesses.stream()
        .map(weakness -> weakness.match(installed, enrichment))
        .sorted(Comparator.comparing((AdvisoryMatch match) -> match.identity().id()))
        .toList();
  }

  /* Vectors of the package itself are more exact than those of the whole record. */
  private List<String> vectors(OsvRecord record, String name, String release) {
    List<String> own =
        record.affected().stream()
            .filter(part -> names.normalise(part.coordinate().name()).equals(name))
            .filter(part ->
                ReleaseRule.of(part.coordinate().release(), release) == ReleaseRule.Cover.YES)
            .flatMap(part -> part.vectors().stream())
            .toList();
    return own.isEmpty() ? record.assessment().vectors() : own;
  }

  /* Go writes versions with a leading v and toolchains with go; the records have neither. */
  private String plain(String version) {
    if (!file.ecosystem().equals("Go")) {
      return version;
    }
    if (version.startsWith("go")) {
      return version.substring(2);
    }
    return version.startsWith("v") ? version.substring(1) : version;
  }
}
