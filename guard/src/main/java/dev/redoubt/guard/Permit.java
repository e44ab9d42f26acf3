// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicBoolean;

/// The right to perform one action once. Only [Gate] makes one.
public final class Permit {

  private final Action action;
  private final Decision decision;
  private final AtomicBoolean spent = new AtomicBoolean();

  Permit(Action action, Decision decision) {
    this.action = requireNonNull(action, "action");
    this.decision = requireNonNull(decision, "decision");
  }

  /// Returns the action that may be performed, the very one that was judged.
  public Action action() {
    return action;
  }

  /// Returns why it may be performed.
  public Decision decision() {
    return decision;
  }

  /// Takes the right; what performs an action calls this first.
  ///
  /// @throws IllegalStateException if it was taken before
  public Action spend() {
    if (!spent.compareAndSet(false, true)) {
      throw new IllegalStateException("this permit was spent before");
    }
    return action;
  }
}
