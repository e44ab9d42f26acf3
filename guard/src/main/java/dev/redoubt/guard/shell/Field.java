// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import static java.util.Objects.requireNonNull;

/// What one argument of a command is after expansion.
public sealed interface Field {

  /// One argument whose value is known.
  record Known(String text) implements Field {
    public Known {
      requireNonNull(text, "text");
    }
  }

  /// The names of the files that match, in order; `pattern` itself without its backslashes when
  /// none does.
  ///
  /// @param pattern a glob; a backslash makes the next character ordinary
  record Glob(String pattern) implements Field {
    public Glob {
      requireNonNull(pattern, "pattern");
    }
  }

  /// Zero to many arguments of which nothing is known.
  ///
  /// @param shown as written
  /// @param reason why nothing is known, for people
  record Unknown(String shown, String reason) implements Field {
    public Unknown {
      requireNonNull(shown, "shown");
      requireNonNull(reason, "reason");
    }
  }
}
