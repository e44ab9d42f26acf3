// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Inventory;
import java.util.List;

/// What a scan found and what it could not look at, before reach and thresholds.
///
/// @param inventory components unique by purl and sorted, the rest in the order of the files
/// @param findings in the order of the matchers
/// @param gaps sorted, each once
/// @param skipped folders left out on purpose
public record ScanResult(
    Inventory inventory, List<Finding> findings, List<Gap> gaps, List<Skip> skipped) {
  public ScanResult {
    requireNonNull(inventory, "inventory");
    findings = List.copyOf(findings);
    gaps = List.copyOf(gaps);
    skipped = List.copyOf(skipped);
  }
}
