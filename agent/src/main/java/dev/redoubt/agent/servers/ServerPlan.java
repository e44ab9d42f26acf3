// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import java.time.Duration;

/// A server that a session may use.
///
/// @param name 1 to 32 of `a-z A-Z 0-9 _ -`, without two `_` in a row
/// @param origin who named it
/// @param run how it is started
/// @param start how long it may take until it answers
/// @param idle how long nothing may be heard of a call
public record ServerPlan(
    String name, Origin origin, Action.Run run, Duration start, Duration idle) {

  private static final int LONGEST = 32;

  public ServerPlan {
    requireNonNull(origin, "origin");
    requireNonNull(run, "run");
    requireNonNull(start, "start");
    requireNonNull(idle, "idle");
    if (!isName(name)) {
      throw new IllegalArgumentException("\"%s\" is no name of a server".formatted(name));
    }
  }

  /// Who named a server.
  public enum Origin {
    /// The operator, in the configuration of their own: they want it started.
    OPERATOR,
    /// A checkout that is trusted.
    CHECKOUT
  }

  /// Returns whether a server can be called `text`.
  public static boolean isName(String text) {
    return text.length() <= LONGEST && text.matches("[A-Za-z0-9-]+(_[A-Za-z0-9-]+)*");
  }

  /// Returns the action that starts it.
  public Action.StartServer action() {
    return new Action.StartServer(name, run);
  }
}
