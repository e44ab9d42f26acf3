// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.sync;

import static java.util.Objects.requireNonNull;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.advisory.database.AdvisoryFile;
import dev.redoubt.advisory.enrichment.Enrichment;
import dev.redoubt.advisory.enrichment.EpssImport;
import dev.redoubt.advisory.enrichment.KevImport;
import dev.redoubt.advisory.enrichment.StagedFeed;
import dev.redoubt.advisory.intake.AdvisoryImport;
import dev.redoubt.advisory.intake.Bounds;
import dev.redoubt.advisory.intake.ImportProgress;
import dev.redoubt.advisory.intake.ImportReport;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Brings the advisory database up to date from the public feeds, or from mirrors of them.
///
/// Everything is downloaded and checked before anything is published, and what did not change since
/// the last sync is not downloaded. An ecosystem is published whole or not at all.
public final class AdvisorySync {

  /// The ecosystems that are synced unless others are asked for.
  public static final List<String> ECOSYSTEMS =
      List.of(
          "npm",
          "PyPI",
          "Go",
          "crates.io",
          "Maven",
          "RubyGems",
          "NuGet",
          "Packagist",
          "Hex",
          "Pub");

  private final Path dataDir;
  private final Remote remote;
  private final Clock clock;
  private final Duration patience;
  private final ImportProgress progress;

  /// @param patience how long a transfer may stand still
  public AdvisorySync(
      Path dataDir, Remote remote, Clock clock, Duration patience, ImportProgress progress) {
    this.dataDir = dataDir;
    this.remote = remote;
    this.clock = clock;
    this.patience = patience;
    this.progress = progress;
  }

  /// Where the feeds are.
  ///
  /// @param osv the folder above `<Ecosystem>/all.zip`
  /// @param kev the KEV catalogue in JSON
  /// @param epss the EPSS scores in CSV, plain or compressed
  public record Origins(URI osv, URI kev, URI epss) {

    /// The feeds of OSV, CISA and FIRST.
    public static final Origins PUBLIC =
        new Origins(
            URI.create("https://osv-vulnerabilities.storage.googleapis.com"),
            URI.create(
                "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json"),
            URI.create("https://epss.empiricalsecurity.com/epss_scores-current.csv.gz"));

    public Origins {
      requireNonNull(osv, "osv");
      requireNonNull(kev, "kev");
      requireNonNull(epss, "epss");
    }

    /// Returns the address of the export of `ecosystem`.
    URI export(String ecosystem) {
      String base = osv.toString();
      String name = URLEncoder.encode(ecosystem, StandardCharsets.UTF_8).replace("+", "%20");
      return URI.create("%s/%s/all.zip".formatted(base.replaceAll("/+$", ""), name));
    }
  }

  /// What a sync did.
  ///
  /// @param imported one per export that had changed
  /// @param unchanged the addresses that had not
  /// @param kev null when it had not changed
  /// @param epss null when it had not changed
  public record SyncReport(
      List<ImportReport> imported,
      List<String> unchanged,
      Enrichment.@Nullable State kev,
      Enrichment.@Nullable State epss) {
    public SyncReport {
      imported = List.copyOf(imported);
      unchanged = List.copyOf(unchanged);
    }
  }

  /// Syncs the exports of `ecosystems`, then KEV and EPSS. When KEV or EPSS fails, the exports stay
  /// published.
  ///
  /// @throws RedoubtException with code `ADVISORY_SOURCE` if a source does not answer as it should
  public SyncReport run(Origins origins, List<String> ecosystems) {
    SyncReport exports = exports(origins, ecosystems);
    SyncReport enrichment = enrichment(origins);
    return new SyncReport(
        exports.imported(),
        Stream.concat(exports.unchanged().stream(), enrichment.unchanged().stream()).toList(),
        enrichment.kev(),
        enrichment.epss());
  }

  /// Syncs the exports of `ecosystems`. All are downloaded before the first is published.
  ///
  /// @throws RedoubtException with code `ADVISORY_SOURCE` if a source does not answer as it should
  public SyncReport exports(Origins origins, List<String> ecosystems) {
    Path folder = AdvisoryDatabase.folder(dataDir);
    List<String> unchanged = new ArrayList<>();
    try (Downloader downloader = downloader(folder)) {
      Map<URI, Downloader.Download> exports = new LinkedHashMap<>();
      for (String ecosystem : ecosystems) {
        URI uri = origins.export(ecosystem);
        fetch(downloader, uri, holds(folder, ecosystem, uri), unchanged)
            .ifPresent(download -> exports.put(uri, download));
      }
      List<ImportReport> imported = new ArrayList<>();
      exports.forEach((uri, download) -> {
        imported.add(sourceErrors(uri, () -> imported(uri, download)));
        downloader.used(uri, download);
      });
      return new SyncReport(imported, unchanged, null, null);
    }
  }

  /// Syncs KEV and EPSS. Both are downloaded before the first is published.
  ///
  /// @throws RedoubtException with code `ADVISORY_SOURCE` if a source does not answer as it should
  public SyncReport enrichment(Origins origins) {
    Path folder = AdvisoryDatabase.folder(dataDir);
    List<String> unchanged = new ArrayList<>();
    try (Downloader downloader = downloader(folder)) {
      Enrichment present = present(folder);
      Optional<Downloader.Download> kev =
          fetch(downloader, origins.kev(), isFrom(present.kev(), origins.kev()), unchanged);
      Optional<Downloader.Download> epss =
          fetch(downloader, origins.epss(), isFrom(present.epss(), origins.epss()), unchanged);
      return new SyncReport(
          List.of(),
          unchanged,
          kev.map(download ->
                  published(
                      downloader,
                      origins.kev(),
                      download,
                      () ->
                          KevImport.stage(
                              folder, download.file(), origins.kev().toString(), clock)))
              .orElse(null),
          epss.map(download ->
                  published(
                      downloader,
                      origins.epss(),
                      download,
                      () ->
                          EpssImport.stage(
                              folder, download.file(), origins.epss().toString(), clock)))
              .orElse(null));
    }
  }

  private Downloader downloader(Path folder) {
    return new Downloader(remote, folder.resolve(".downloads"), patience, progress);
  }

  private ImportReport imported(URI uri, Downloader.Download download) {
    return new AdvisoryImport(dataDir, clock, Bounds.IMPORT, progress)
        .run(new AdvisoryImport.Request(download.file(), uri.toString(), null));
  }

  private static Enrichment.State published(
      Downloader downloader, URI uri, Downloader.Download download, Supplier<StagedFeed> stage) {
    try (StagedFeed staged = sourceErrors(uri, stage)) {
      staged.publish();
      downloader.used(uri, download);
      return staged.state();
    }
  }

  private static Optional<Downloader.Download> fetch(
      Downloader downloader, URI uri, boolean held, List<String> unchanged) {
    Optional<Downloader.Download> download =
        downloader.download(uri, held ? downloader.lastUsed(uri) : null);
    if (download.isEmpty()) {
      unchanged.add(uri.toString());
    }
    return download;
  }

  /* What a server sent is the server's fault, not that of the person who typed the command. */
  private static <T> T sourceErrors(URI uri, Supplier<T> work) {
    try {
      return work.get();
    } catch (RedoubtException e) {
      if (e.code() != ErrorCode.ADVISORY_INPUT) {
        throw e;
      }
      throw new RedoubtException(
          ErrorCode.ADVISORY_SOURCE, "%s sent no good: %s".formatted(uri, e.getMessage()), e);
    }
  }

  private static boolean holds(Path folder, String ecosystem, URI uri) {
    Path file = AdvisoryDatabase.file(folder, ecosystem);
    try {
      return Files.exists(file)
          && AdvisoryFile.open(file).sources().stream()
              .anyMatch(source -> source.name().equals(uri.toString()));
    } catch (RedoubtException e) {
      return false;
    }
  }

  private static Enrichment present(Path folder) {
    try {
      return Enrichment.open(folder);
    } catch (RedoubtException e) {
      return Enrichment.none();
    }
  }

  private static boolean isFrom(Optional<Enrichment.State> state, URI uri) {
    return state.filter(known -> known.feed().source().equals(uri.toString())).isPresent();
  }
}
