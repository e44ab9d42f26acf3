// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import java.util.Optional;

/// Which variables a client may set for a server behind a proxy.
public final class HandedOn {

  private HandedOn() {}

  /// Returns why `--env` of the proxy would refuse `name`, empty when it takes it.
  public static Optional<String> objection(String name) {
    return GivenVariables.objection(name);
  }
}
