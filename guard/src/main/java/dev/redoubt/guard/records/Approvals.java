// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.records;

import java.time.Instant;
import java.util.Optional;

/// Keeps what was approved.
public interface Approvals {

  /// Keeps `approval`.
  void add(Approval approval);

  /// Returns the approval that covers what has `digest` at `now`, or empty.
  Optional<Approval> find(String digest, Instant now);

  /// Takes back every approval of what has `digest`.
  void revoke(String digest);
}
