// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import static java.util.Objects.requireNonNull;

/// What is known of the value of a shell variable.
sealed interface Value {

  /// Everything.
  record Known(String text) implements Value {
    public Known {
      requireNonNull(text, "text");
    }
  }

  /// It is a whole number.
  record Numeric(Sign sign) implements Value {
    public Numeric {
      requireNonNull(sign, "sign");
    }
  }

  /// Whether a number can start with `-`.
  enum Sign {
    NOT_NEGATIVE,
    ANY
  }

  /// It is the name of one file that matches.
  record FileName(String pattern) implements Value {
    public FileName {
      requireNonNull(pattern, "pattern");
    }
  }

  /// Nothing, since the line itself set it to something that is not known.
  record Unknown() implements Value {}

  /// Nothing is known.
  Value UNKNOWN = new Unknown();

  /// A number of which nothing else is known.
  Value ANY_NUMBER = new Numeric(Sign.ANY);

  /// Returns what holds for both.
  static Value join(Value one, Value other) {
    if (one.equals(other)) {
      return one;
    }
    return isNumber(one) && isNumber(other) ? ANY_NUMBER : UNKNOWN;
  }

  /// Returns whether the value is a whole number in decimal digits, written without a leading zero.
  static boolean isNumber(Value value) {
    return switch (value) {
      case Known(String text) -> isNumber(text);
      case Numeric _ -> true;
      case FileName _, Unknown _ -> false;
    };
  }

  /// Returns whether `text` is a whole number in decimal digits, at most 18 of them.
  static boolean isNumber(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int digits = text.length() - start;
    if (digits < 1 || digits > 18) {
      return false;
    }
    for (int at = start; at < text.length(); at++) {
      if (text.charAt(at) < '0' || text.charAt(at) > '9') {
        return false;
      }
    }
    return true;
  }
}
