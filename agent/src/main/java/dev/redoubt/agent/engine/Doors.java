// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Guard;
import java.util.List;

/// What stands between a session and the world.
///
/// @param guards who is asked about every action
/// @param approver who answers a question of the guards
/// @param performer who performs what was permitted
/// @param person who answers a question of the model
public record Doors(List<Guard> guards, Approver approver, Performer performer, Person person) {
  public Doors {
    guards = List.copyOf(guards);
    requireNonNull(approver, "approver");
    requireNonNull(performer, "performer");
    requireNonNull(person, "person");
  }
}
