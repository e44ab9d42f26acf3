// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.api;

import dev.redoubt.model.Finding;
import dev.redoubt.model.Gap;
import java.util.List;

/// What a matcher has to say about an inventory, and what it could not check.
public record Matches(List<Finding> findings, List<Gap> gaps) {

  public Matches {
    findings = List.copyOf(findings);
    gaps = List.copyOf(gaps);
  }

  /// Returns findings without gaps.
  public static Matches of(List<Finding> findings) {
    return new Matches(findings, List.of());
  }
}
