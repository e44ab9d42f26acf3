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
/// @param read the files that an extractor read to the end, sorted
public record ScanResult(
    Inventory inventory,
    List<Finding> findings,
    List<Gap> gaps,
    List<Skip> skipped,
    List<String> read) {
  public ScanResult {
    requireNonNull(inventory, "inventory");
    findings = List.copyOf(findings);
    gaps = List.copyOf(gaps);
    skipped = List.copyOf(skipped);
    read = List.copyOf(read);
  }
}
