// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import org.jspecify.annotations.Nullable;

/// The state of a shell after something ran in it.
///
/// @param success when it succeeded; null when it never does
/// @param failure when it failed; null when it never does
record Outcome(@Nullable State success, @Nullable State failure) {

  /// What stands after it never runs.
  static final Outcome END = new Outcome(null, null);

  /// Returns an outcome that says nothing about success.
  static Outcome of(State state) {
    return new Outcome(state, state);
  }

  /// Returns the state either way; null when what stands after it never runs.
  @Nullable State next() {
    return join(success, failure);
  }

  Outcome negated() {
    return new Outcome(/* success= */ failure, /* failure= */ success);
  }

  static @Nullable State join(@Nullable State one, @Nullable State other) {
    if (one == null) {
      return other;
    }
    return other == null ? one : one.or(other);
  }
}
