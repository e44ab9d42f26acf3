// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static java.util.Objects.requireNonNull;

/// One word of a command after quoting and expansion.
public sealed interface Arg {

  /// Returns the word as it was written, for people.
  String shown();

  /// Returns whether the word could start with `-` without being written so, and therefore be an
  /// option nobody typed.
  default boolean couldBeOption() {
    return switch (this) {
      case Known _ -> false;
      case Glob(String pattern) -> startsOpen(pattern);
      case Unknown _ -> true;
    };
  }

  private static boolean startsOpen(String pattern) {
    if (pattern.isEmpty()) {
      return false;
    }
    char first = pattern.charAt(0);
    // The second test is for `+(…)`, `@(…)` and `!(…)`, the third for a dash behind a backslash.
    return first == '*'
        || first == '?'
        || first == '['
        || (pattern.length() > 1 && pattern.charAt(1) == '(')
        || pattern.startsWith("\\-");
  }

  /// A word whose value is known. Tilde, braces and quotes are already gone.
  record Known(String text) implements Arg {
    public Known {
      requireNonNull(text, "text");
    }

    @Override
    public String shown() {
      return text;
    }
  }

  /// A word the shell replaces by the names of files, none to many of them.
  ///
  /// A file may be called `-rf`: when `pattern` could match a name that starts with `-`, the word
  /// could be an option.
  ///
  /// @param pattern the glob; a backslash makes the next character ordinary
  record Glob(String pattern) implements Arg {
    public Glob {
      requireNonNull(pattern, "pattern");
    }

    @Override
    public String shown() {
      return pattern;
    }
  }

  /// Zero to many words of which nothing is known.
  ///
  /// @param shown as written
  /// @param reason why nothing is known, for people
  record Unknown(String shown, String reason) implements Arg {
    public Unknown {
      requireNonNull(shown, "shown");
      requireNonNull(reason, "reason");
    }
  }
}
