// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.api;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import java.util.Set;
import java.util.function.Function;

/// Something that is asked at a [Moment] of a session. Like a tool it does not act by itself: the
/// engine takes its action through the gate and has the sandbox perform it. Safe to share.
public interface Hook {

  /// Returns how people call it.
  String name();

  /// Returns when it is asked.
  Moment moment();

  /// Returns what it may do besides being heard.
  Set<Right> rights();

  /// Returns whether it is asked about this.
  ///
  /// @param tool the name of the tool; empty when there is none
  /// @param action the kind of the action, in the manner of `run`; empty when there is none
  boolean concerns(String tool, String action);

  /// Returns how it is asked.
  ///
  /// @param input what it is told, with the fields of docs/hooks.md
  Asking ask(Node.Obj input);

  /// What a hook may do besides being heard.
  enum Right {
    /// When it fails the answer is no.
    GATE,
    /// It is the operator's own, so a question of the guard about it counts as answered; a deny
    /// stays a deny.
    VOUCHED,
    /// Its yes answers a question of the guard.
    ALLOWS
  }

  /// How a hook is asked.
  sealed interface Asking {

    /// By an action, which goes through the gate like everything else.
    record ByAction(Action action, Manner manner, Function<Outcome, HookAnswer> answer)
        implements Asking {
      public ByAction {
        requireNonNull(action, "action");
        requireNonNull(manner, "manner");
        requireNonNull(answer, "answer");
      }
    }

    /// At an address that the operator named for it, which the rules of the network judge.
    record AtAddress(Line line) implements Asking {
      public AtAddress {
        requireNonNull(line, "line");
      }
    }
  }

  /// A connection to a hook.
  @FunctionalInterface
  interface Line {
    /// Returns what it answers. Blocks.
    ///
    /// @throws InterruptedException if the thread was interrupted
    HookAnswer answer() throws InterruptedException;
  }
}
