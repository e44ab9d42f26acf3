// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard;

/// Judges actions. Pure: the same action in the same situation gets the same answer.
public interface Guard {

  /// Returns the id under which its answers are shown, lower-case with hyphens.
  String name();

  /// Returns what it says to `action`. An exception counts as deny.
  Decision review(Action action);
}
