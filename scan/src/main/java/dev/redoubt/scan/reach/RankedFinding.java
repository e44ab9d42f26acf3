// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reach;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.Finding;
import java.util.Comparator;
import java.util.List;

/// A finding with what it can reach.
///
/// @param finding what is wrong
/// @param paths the shortest path to each credential and tool that can be reached, or to the agent
///   when there is neither; each path is a list of node ids `type:name`
/// @param risk 0.0 to 100.0, one decimal, by the formula in `docs/risk-score.md`
public record RankedFinding(Finding finding, List<List<String>> paths, double risk) {

  /// Worst first; equal risks by severity, identity and subject, so that the order never depends on
  /// luck.
  public static final Comparator<RankedFinding> WORST_FIRST =
      Comparator.comparingDouble(RankedFinding::risk)
          .reversed()
          .thenComparing(ranked -> ranked.finding().rating().severity())
          .thenComparing(ranked -> ranked.finding().identity().id())
          .thenComparing(ranked -> ranked.finding().subject().toString())
          .thenComparing(ranked -> ranked.finding().locations().toString())
          .thenComparing(ranked -> ranked.finding().proof().toString());

  public RankedFinding {
    requireNonNull(finding, "finding");
    paths = paths.stream().map(List::copyOf).toList();
  }
}
