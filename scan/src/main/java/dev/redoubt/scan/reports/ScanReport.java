// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.Gap;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.engine.Skip;
import dev.redoubt.scan.thresholds.Judgement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A finished scan, ready to be written in any format.
///
/// @param header who scanned what
/// @param inventory what was found
/// @param judgement findings, ignored findings and the verdict
/// @param coverage what was and was not looked at
/// @param changes what changed since the last scan of the same target, or null when there is none
public record ScanReport(
    Header header,
    Inventory inventory,
    Judgement judgement,
    Coverage coverage,
    @Nullable Changes changes) {

  /// Who scanned what, and when.
  ///
  /// @param version of Redoubt
  /// @param commit Redoubt was built from
  /// @param target the path as the user gave it
  /// @param time ISO 8601, or null under `--reproducible`
  public record Header(String version, String commit, String target, @Nullable String time) {
    public Header {
      requireNonNull(version, "version");
      requireNonNull(commit, "commit");
      requireNonNull(target, "target");
    }
  }

  /// What was and was not looked at.
  ///
  /// @param gaps sorted, each once
  /// @param skipped folders left out on purpose
  /// @param advisories what packages were matched against
  public record Coverage(List<Gap> gaps, List<Skip> skipped, List<AdvisorySource> advisories) {
    public Coverage {
      gaps = List.copyOf(gaps);
      skipped = List.copyOf(skipped);
      advisories = List.copyOf(advisories);
    }
  }

  /// What changed since the last scan of the same target. A finding counts as fixed only when its
  /// file was looked at again.
  ///
  /// @param added identities with their subject that were not there before
  /// @param fixed identities with their subject that are gone, from files that were read again
  /// @param unchanged how many are as before
  public record Changes(List<String> added, List<String> fixed, int unchanged) {
    public Changes {
      added = List.copyOf(added);
      fixed = List.copyOf(fixed);
    }
  }

  public ScanReport {
    requireNonNull(header, "header");
    requireNonNull(inventory, "inventory");
    requireNonNull(judgement, "judgement");
    requireNonNull(coverage, "coverage");
  }

  /// Returns how many findings that count have `severity`; a malicious package is critical.
  public long count(Severity severity) {
    return JsonSummary.count(judgement.findings(), severity);
  }

  /// Returns how many findings that count are malicious packages.
  public long malicious() {
    return JsonSummary.malicious(judgement.findings());
  }
}
