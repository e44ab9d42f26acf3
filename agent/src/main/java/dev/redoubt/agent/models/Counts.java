// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.agent.api.Usage;
import dev.redoubt.document.Node;
import java.util.Optional;

/// The tokens a provider counted, as far as it said. Not safe to share.
final class Counts {

  private static final double MOST = 1e9;

  long input;
  long cacheRead;
  long cacheWrite;
  long output;

  Usage usage() {
    return new Usage(input, cacheRead, cacheWrite, output);
  }

  /// Returns the count at `name`, a billion when it is more; empty when there is none, or nothing
  /// that is one.
  static Optional<Long> at(Node node, String name) {
    Optional<String> literal = node.scalar(name);
    if (literal.isEmpty()) {
      return Optional.empty();
    }
    try {
      double value = Double.parseDouble(literal.get());
      return value >= 0 ? Optional.of((long) Math.min(value, MOST)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
