// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.thresholds;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.Gap;
import dev.redoubt.scan.reach.RankedFinding;
import java.util.List;

/// What a scan's findings amount to.
///
/// @param findings those that count, worst first
/// @param ignored those that do not, worst first
/// @param gaps what was wrong with the ignores, the baseline or the VEX documents themselves
/// @param verdict the answer
public record Judgement(
    List<RankedFinding> findings, List<Ignored> ignored, List<Gap> gaps, Verdict verdict) {
  public Judgement {
    findings = List.copyOf(findings);
    ignored = List.copyOf(ignored);
    gaps = List.copyOf(gaps);
    requireNonNull(verdict, "verdict");
  }
}
