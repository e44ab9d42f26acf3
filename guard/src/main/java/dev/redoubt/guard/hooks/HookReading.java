// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.hooks;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import java.util.List;

/// What an agent's event turned out to be.
public sealed interface HookReading {

  /// The call would do all of these.
  record Does(List<Action> actions) implements HookReading {
    public Does {
      actions = List.copyOf(actions);
      if (actions.isEmpty()) {
        throw new IllegalArgumentException("a call that does nothing is Nothing");
      }
    }
  }

  /// The call has no effect outside the agent: it keeps a list, asks the person.
  record Nothing(String reason) implements HookReading {
    public Nothing {
      requireNonNull(reason, "reason");
    }
  }

  /// The event is not what this agent sends: it is denied.
  record NotUnderstood(String reason) implements HookReading {
    public NotUnderstood {
      requireNonNull(reason, "reason");
    }
  }
}
