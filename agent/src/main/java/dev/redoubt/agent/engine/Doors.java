// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.engine;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Hook;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Guard;
import java.util.List;
import java.util.Map;

/// What stands between a session and the world.
///
/// @param guards who is asked about every action
/// @param approver who answers a question of the guards
/// @param performer who performs what was permitted
/// @param person who answers a question of the model
/// @param hooks who is asked besides, in this order
/// @param hidden the tools that are kept from the model, with the mode that has each
public record Doors(
    List<Guard> guards,
    Approver approver,
    Performer performer,
    Person person,
    List<Hook> hooks,
    Map<String, String> hidden) {
  public Doors {
    guards = List.copyOf(guards);
    hooks = List.copyOf(hooks);
    hidden = Map.copyOf(hidden);
    requireNonNull(approver, "approver");
    requireNonNull(performer, "performer");
    requireNonNull(person, "person");
  }

  /// Doors without hooks that hide nothing.
  public Doors(List<Guard> guards, Approver approver, Performer performer, Person person) {
    this(guards, approver, performer, person, List.of(), Map.of());
  }
}
