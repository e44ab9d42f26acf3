// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import java.util.List;

/// Says whether an address may be reached. Immutable, safe to share.
public final class NetworkJudge {

  private final NameResolver resolver;

  public NetworkJudge(NameResolver resolver) {
    this.resolver = requireNonNull(resolver, "resolver");
  }

  /// Returns the built-in decision on `connect`.
  public Decision judge(Effect.Connect connect) {
    return new Decision.Deny("net.not-judged", connect.target() + resolver, List.of());
  }
}
