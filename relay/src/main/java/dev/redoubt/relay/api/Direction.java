// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.api;

/// Which way a message goes.
public enum Direction {
  /// From the agent to the server.
  TO_SERVER,
  /// From the server to the agent.
  TO_CLIENT;

  /// Returns the other way.
  public Direction back() {
    return this == TO_SERVER ? TO_CLIENT : TO_SERVER;
  }
}
