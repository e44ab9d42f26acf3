// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Says what an arithmetic expression of the shell does besides computing.
///
/// The shell evaluates the values of the variables in it as expressions again, and what stands in
/// the brackets of a subscript is expanded: a value such as `a[$(id)]` runs a command.
final class Arithmetics {

  /// Variables of the shell itself that are always numbers.
  private static final Set<String> NUMBERS =
      Set.of(
          "RANDOM",
          "SRANDOM",
          "SECONDS",
          "LINENO",
          "COLUMNS",
          "LINES",
          "UID",
          "EUID",
          "PPID",
          "SHLVL",
          "OPTIND",
          "BASHPID",
          "EPOCHSECONDS");

  private Arithmetics() {}

  /// Returns whether the shell itself keeps `name` a number as long as nobody sets it.
  static boolean isNumber(String name) {
    return NUMBERS.contains(name);
  }

  /// Returns why evaluating `text` may run something, empty when it cannot.
  static Optional<String> objection(String text, State state) {
    Set<String> assigned = new LinkedHashSet<>();
    for (int at = 0; at < text.length(); ) {
      char c = text.charAt(at);
      if (c == '$' || c == '`') {
        return Optional.of("what is in \"%s\" is evaluated".formatted(text));
      }
      int end = endOfName(text, at);
      if (end == at) {
        at++;
        continue;
      }
      String name = text.substring(at, end);
      if (isPlainAssignment(text, end)) {
        assigned.add(name);
      } else if (!Character.isDigit(c) && !assigned.contains(name) && !isNumber(name, state)) {
        return Optional.of(
            "arithmetic evaluates the value of %s, which is not known to be a number"
                .formatted(name));
      }
      at = end;
    }
    return Optional.empty();
  }

  /// Returns the names that evaluating `text` may set.
  static Set<String> assigned(String text) {
    Set<String> names = new LinkedHashSet<>();
    boolean assigns = text.contains("=") || text.contains("++") || text.contains("--");
    for (int at = 0; assigns && at < text.length(); ) {
      int end = endOfName(text, at);
      if (end > at && !Character.isDigit(text.charAt(at))) {
        names.add(text.substring(at, end));
      }
      at = Math.max(end, at + 1);
    }
    return names;
  }

  private static boolean isNumber(String name, State state) {
    Value value = state.variable(name);
    return value == null ? NUMBERS.contains(name) : Value.isNumber(value);
  }

  private static boolean isPlainAssignment(String text, int end) {
    int at = end;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at < text.length()
        && text.charAt(at) == '='
        && (at + 1 == text.length() || text.charAt(at + 1) != '=');
  }

  private static int endOfName(String text, int start) {
    int end = start;
    while (end < text.length() && isNameCharacter(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isNameCharacter(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
