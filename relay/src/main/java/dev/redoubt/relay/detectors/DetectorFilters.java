// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import dev.redoubt.relay.api.Filter;
import java.util.ArrayList;
import java.util.List;

/// The detectors as filters of a relay, for one conversation.
public final class DetectorFilters {

  private DetectorFilters() {}

  /// Returns all of them. Credentials go first, so that nobody behind sees them.
  public static List<Filter> of(Suppressions suppressions) {
    List<Filter> filters = new ArrayList<>();
    filters.add(credentials(suppressions));
    filters.addAll(others(suppressions));
    return filters;
  }

  /// Returns what takes credentials out: to stand before whatever writes messages down.
  public static Filter credentials(Suppressions suppressions) {
    return new CredentialFilter(suppressions);
  }

  /// Returns one filter for each other detector.
  public static List<Filter> others(Suppressions suppressions) {
    Matters matters = new Matters();
    List<Filter> filters = new ArrayList<>();
    for (Detector detector : BuiltInDetectors.all()) {
      if (!(detector instanceof CredentialDetector)) {
        filters.add(new DetectorFilter(detector, matters, suppressions));
      }
    }
    return filters;
  }
}
