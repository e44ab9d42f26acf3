// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static java.util.Objects.requireNonNull;

/// What came of reading a text strictly: the one thing it says, or why it is not read.
public sealed interface Reading<T> {

  /// It says exactly this.
  record Good<T>(T value) implements Reading<T> {
    public Good {
      requireNonNull(value, "value");
    }
  }

  /// It is malformed, or two readers could take it for different things.
  ///
  /// @param rule the stable id of the reason, in the manner of `net.userinfo`
  /// @param reason why, in one sentence for a person or a model; never quotes a password
  record Bad<T>(String rule, String reason) implements Reading<T> {
    public Bad {
      requireNonNull(rule, "rule");
      requireNonNull(reason, "reason");
    }
  }
}
