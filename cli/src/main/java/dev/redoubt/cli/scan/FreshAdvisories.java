// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.scan;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.advisory.database.EcosystemAdvisories;
import dev.redoubt.advisory.database.Source;
import dev.redoubt.advisory.intake.ImportProgress;
import dev.redoubt.advisory.sync.AdvisorySync;
import dev.redoubt.advisory.sync.AdvisorySync.Origins;
import dev.redoubt.advisory.versions.VersionOrders;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.GlobalOptions.Network;
import dev.redoubt.cli.Surroundings.Terminals;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.config.Settings.AdvisorySettings;
import dev.redoubt.cli.db.FeedAddresses;
import dev.redoubt.cli.db.WebRemote;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.Gap;
import dev.redoubt.model.RedoubtException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Fetches advisories a scan needs and does not have, or has from another day, if it may.
///
/// It may with `--sync`, with `advisories.sync = "auto"` in the user's own configuration, or after
/// a yes on the terminal. It never may with `--offline` or `advisories.sync = "never"`.
final class FreshAdvisories {

  private static final Duration FRESH = Duration.ofHours(24);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Call call;
  private final AdvisorySettings settings;

  FreshAdvisories(Call call, AdvisorySettings settings) {
    this.call = call;
    this.settings = settings;
  }

  /// Fetches what is missing or stale for `ecosystems`, or does nothing.
  ///
  /// @return what of KEV and EPSS, without which a scan is still worth having, could not be fetched
  /// @throws dev.redoubt.model.RedoubtException ADVISORY_SOURCE if a source of advisories failed
  List<Gap> fetch(Collection<String> ecosystems) {
    boolean offline = call.globals().network() == Network.OFF;
    if (call.has("--sync") && offline) {
      throw new UsageException("--sync and --offline contradict each other");
    }
    List<String> wanted = offline ? List.of() : stale(ecosystems);
    if (wanted.isEmpty() || !mayFetch(wanted)) {
      return List.of();
    }
    AdvisorySync sync =
        new AdvisorySync(
            call.globals().dataDir(),
            new WebRemote(PATIENCE),
            call.world().clock(),
            PATIENCE,
            ImportProgress.NONE);
    Origins origins = FeedAddresses.of(call, settings);
    sync.exports(origins, wanted);
    try {
      sync.enrichment(origins);
      return List.of();
    } catch (RedoubtException e) {
      if (e.code() != ErrorCode.ADVISORY_SOURCE) {
        throw e;
      }
      return List.of(
          new Gap(
              null,
              null,
              "KEV and EPSS are not up to date: " + e.getMessage(),
              "run redoubt db sync, or redoubt db import with --kev and --epss"));
    }
  }

  private List<String> stale(Collection<String> ecosystems) {
    AdvisoryDatabase database = AdvisoryDatabase.open(call.globals().dataDir());
    Instant oldest = call.world().clock().instant().minus(FRESH);
    return ecosystems.stream()
        .filter(ecosystem -> VersionOrders.forEcosystem(ecosystem).isPresent())
        .filter(ecosystem -> isStale(database.ecosystem(ecosystem), oldest))
        .toList();
  }

  private static boolean isStale(Optional<EcosystemAdvisories> advisories, Instant oldest) {
    return advisories
        .map(found ->
            found.file().sources().stream()
                .map(Source::imported)
                .noneMatch(imported -> imported.isAfter(oldest)))
        .orElse(true);
  }

  private boolean mayFetch(List<String> wanted) {
    if (call.has("--sync")) {
      return true;
    }
    return switch (settings.sync()) {
      case AUTO -> true;
      case NEVER -> false;
      case ASK -> isAsked(wanted);
    };
  }

  private boolean isAsked(List<String> wanted) {
    Terminals terminals = call.world().streams().terminals();
    if (!terminals.in() || !terminals.err() || call.has("--quiet")) {
      return false;
    }
    call.world()
        .err()
        .printf(
            Locale.ROOT,
            "Advisories for %s are missing or older than a day. Fetch them from %s? [y/N] ",
            String.join(", ", wanted),
            FeedAddresses.of(call, settings).osv().getHost());
    call.world().err().flush();
    try {
      String answer =
          new BufferedReader(
                  new InputStreamReader(call.world().streams().in(), StandardCharsets.UTF_8))
              .readLine();
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    } catch (IOException e) {
      return false;
    }
  }
}
