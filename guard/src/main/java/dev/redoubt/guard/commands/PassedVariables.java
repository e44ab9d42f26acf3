// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import java.util.Optional;

/// Which variables of an environment may be handed to a program because somebody named them on a
/// command line: settings and keys of accounts, never one that decides what code runs.
///
/// Judged by the name, as values of keys cannot be judged. Safe to share.
public final class PassedVariables {

  private PassedVariables() {}

  /// Returns why the variable `name` is not handed on, empty when it may be.
  public static Optional<String> objection(String name) {
    if (!isName(name)) {
      return Optional.of("\"%s\" is no name of a variable".formatted(name));
    }
    return EnvironmentTable.decidesWhatRuns(name)
        ? Optional.of("%s changes what programs run, read or connect to".formatted(name))
        : Optional.empty();
  }

  private static boolean isName(String name) {
    boolean letters = !name.isEmpty() && !Character.isDigit(name.charAt(0));
    for (int i = 0; i < name.length() && letters; i++) {
      char c = name.charAt(i);
      letters = c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }
    return letters;
  }
}
