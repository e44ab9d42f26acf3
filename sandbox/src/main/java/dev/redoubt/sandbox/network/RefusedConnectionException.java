// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/// Says that a connection was not opened because it may not be. Nothing was sent.
public final class RefusedConnectionException extends IOException {

  private static final long serialVersionUID = 1;

  private final String rule;

  /// @param rule the stable id of the reason, in the manner of `net.inner-address`
  /// @param reason why, in one sentence for a person or a model
  public RefusedConnectionException(String rule, String reason) {
    super(reason);
    this.rule = requireNonNull(rule, "rule");
  }

  /// Returns the stable id of the reason.
  public String rule() {
    return rule;
  }
}
