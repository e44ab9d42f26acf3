// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.enrichment;

import dev.redoubt.advisory.files.SectionFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Answers whether a CVE is known to be exploited and how likely its exploitation is.
///
/// Immutable and safe to share.
public final class Enrichment {

  static final SectionFile.Format KEV =
      new SectionFile.Format("RDBTKEVS", 1, "run redoubt db import --kev FILE or redoubt db sync");
  static final SectionFile.Format EPSS =
      new SectionFile.Format("RDBTEPSS", 1, "run redoubt db import --epss FILE or redoubt db sync");

  /* EPSS is published with five decimals; six leave room. */
  static final double SCALE = 1_000_000;

  private final @Nullable CveTable kev;
  private final @Nullable CveTable epss;

  private Enrichment(@Nullable CveTable kev, @Nullable CveTable epss) {
    this.kev = kev;
    this.epss = epss;
  }

  /// Opens what was imported into `advisories`, the folder of the compiled files.
  ///
  /// @throws dev.redoubt.model.RedoubtException with code `ADVISORY_FILE` if a file is damaged
  public static Enrichment open(Path advisories) {
    Path kev = kevPath(advisories);
    Path epss = epssPath(advisories);
    return new Enrichment(
        Files.exists(kev) ? CveTable.open(kev, KEV) : null,
        Files.exists(epss) ? CveTable.open(epss, EPSS) : null);
  }

  /// Returns an enrichment that knows nothing.
  public static Enrichment none() {
    return new Enrichment(null, null);
  }

  static Path kevPath(Path advisories) {
    return advisories.resolve("kev.enrichment");
  }

  static Path epssPath(Path advisories) {
    return advisories.resolve("epss.enrichment");
  }

  /// Returns whether the KEV catalogue lists any of `ids`; ids that are no CVE are not listed.
  public boolean isExploited(Collection<String> ids) {
    CveTable table = kev;
    return table != null && ids.stream().anyMatch(id -> value(table, id).isPresent());
  }

  /// Returns the highest EPSS probability among `ids`, 0.0 to 1.0; empty when none has one.
  public OptionalDouble epss(Collection<String> ids) {
    CveTable table = epss;
    if (table == null) {
      return OptionalDouble.empty();
    }
    return ids.stream()
        .map(id -> value(table, id))
        .filter(OptionalInt::isPresent)
        .mapToDouble(value -> value.getAsInt() / SCALE)
        .max();
  }

  /// Returns what is known about the KEV catalogue, with the number of its entries.
  public Optional<State> kev() {
    return Optional.ofNullable(kev).map(table -> new State(table.feed(), table.size()));
  }

  /// Returns what is known about the EPSS scores, with the number of them.
  public Optional<State> epss() {
    return Optional.ofNullable(epss).map(table -> new State(table.feed(), table.size()));
  }

  /// Checks the SHA-256 of both files.
  ///
  /// @throws dev.redoubt.model.RedoubtException with code `ADVISORY_FILE` if one does not match
  public void verify() {
    if (kev != null) {
      kev.verify(KEV);
    }
    if (epss != null) {
      epss.verify(EPSS);
    }
  }

  /// A feed and the number of its entries.
  public record State(Feed feed, int entries) {}

  private static OptionalInt value(CveTable table, String id) {
    OptionalLong key = CveKey.of(id);
    return key.isPresent() ? table.value(key.getAsLong()) : OptionalInt.empty();
  }
}
