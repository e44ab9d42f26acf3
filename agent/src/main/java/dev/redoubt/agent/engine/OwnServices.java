// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Guard;

/// What stands before a service of the session itself: the guard, save that it does not ask about
/// what no rule speaks of. No MCP server can be called `redoubt`.
///
/// @param guard who else is asked
record OwnServices(Guard guard) implements Guard {

  private static final String UNLISTED = "tool.unlisted";

  static Doors behind(Doors doors) {
    return new Doors(
        doors.guards().stream().<Guard>map(OwnServices::new).toList(),
        doors.approver(),
        doors.performer(),
        doors.person(),
        doors.hooks(),
        doors.hidden());
  }

  @Override
  public String name() {
    return guard.name();
  }

  @Override
  public Decision review(Action action) {
    Decision decision = guard.review(action);
    return decision instanceof Decision.Ask(String rule, var _, var _) && rule.equals(UNLISTED)
        ? new Decision.Allow("tool.own", "it is a service of Redoubt itself, and no rule denies it")
        : decision;
  }
}
