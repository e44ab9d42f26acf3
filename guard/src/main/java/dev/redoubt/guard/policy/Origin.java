// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

/// Whose rules they are. Decides what they can do to the built-in policy.
public enum Origin {
  /// The person's own configuration: replaces the built-in decision.
  USER,
  /// What was named or typed for this one call: replaces the built-in decision.
  COMMAND_LINE,
  /// A checkout: counts once it was trusted, and only narrows.
  WORKSPACE,
  /// Whoever manages the machine: only narrows, and nothing lifts it.
  MANAGED
}
