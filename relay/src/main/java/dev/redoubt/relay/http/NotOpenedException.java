// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Serial;

/// There is no way to a server, because a rule stops it.
public final class NotOpenedException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  private final String rule;
  private final String reason;

  /// @param rule the id of what decided
  /// @param reason why, in one sentence
  public NotOpenedException(String rule, String reason) {
    super(requireNonNull(reason, "reason"));
    this.rule = requireNonNull(rule, "rule");
    this.reason = reason;
  }

  /// Returns the id of what decided.
  public String rule() {
    return rule;
  }

  /// Returns why.
  public String reason() {
    return reason;
  }
}
