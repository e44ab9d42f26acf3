// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.records;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Keeps approvals as long as the session, the latest for each digest. Safe to share.
public final class SessionApprovals implements Approvals {

  private final Map<String, Approval> approvals = new HashMap<>();

  @Override
  public synchronized void add(Approval approval) {
    approvals.put(approval.digest(), approval);
  }

  @Override
  public synchronized Optional<Approval> find(String digest, Instant now) {
    approvals.values().removeIf(approval -> !now.isBefore(approval.until()));
    return Optional.ofNullable(approvals.get(digest))
        .filter(approval -> approval.covers(digest, now));
  }

  @Override
  public synchronized void revoke(String digest) {
    approvals.remove(digest);
  }
}
