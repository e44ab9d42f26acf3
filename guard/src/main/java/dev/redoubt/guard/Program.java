// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// What a [Action.Run] runs.
public sealed interface Program {

  /// A program and its arguments, started without a shell.
  ///
  /// @param argv at least the program
  record Argv(List<String> argv) implements Program {
    public Argv {
      argv = List.copyOf(argv);
      if (argv.isEmpty()) {
        throw new IllegalArgumentException("argv is empty: it names at least the program");
      }
    }
  }

  /// Text that a shell reads.
  record Line(Shell shell, String text) implements Program {
    public Line {
      requireNonNull(shell, "shell");
      requireNonNull(text, "text");
    }
  }

  /// The shells whose lines are told apart.
  enum Shell {
    /// Bash, and every POSIX shell: what is read differently by the two is not understood.
    BASH,
    POWERSHELL,
    CMD
  }
}
