// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.trust;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/// That a person trusted a checkout, and what it would have switched on then.
///
/// @param workspace the real path of the checkout
/// @param since when
/// @param items what was shown
public record TrustRecord(String workspace, Instant since, List<TrustItem> items) {
  public TrustRecord {
    requireNonNull(workspace, "workspace");
    requireNonNull(since, "since");
    items = List.copyOf(items);
  }
}
