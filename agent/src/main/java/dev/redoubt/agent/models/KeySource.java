// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// Where the key of a provider comes from. Never the key.
public sealed interface KeySource {

  /// The provider wants none.
  record None() implements KeySource {}

  /// The first of these environment variables that is set, else what `redoubt auth add` stored.
  ///
  /// @param stored the name under which it is stored, which is the provider's
  record Usual(List<String> variables, String stored) implements KeySource {
    public Usual {
      variables = List.copyOf(variables);
      requireNonNull(stored, "stored");
    }
  }

  /// What a program prints.
  ///
  /// @param command as the operator wrote it, words divided by blanks
  record Exec(String command) implements KeySource {
    public Exec {
      requireNonNull(command, "command");
    }
  }
}
