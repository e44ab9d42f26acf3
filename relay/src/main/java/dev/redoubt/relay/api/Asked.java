// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.api;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.util.Optional;

/// A request that passed before and is answered now.
///
/// @param method what was asked
/// @param params as they were passed on
public record Asked(String method, Optional<Node> params) {
  public Asked {
    requireNonNull(method, "method");
    requireNonNull(params, "params");
  }
}
