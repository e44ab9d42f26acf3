// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Set;

/// A program that runs the code it is given: as text, as a file or on its input.
///
/// @param shows the options that, alone, only show something, separated by blanks
/// @param checks the options that, before one file, only check it
/// @param code the options whose value is code
record InterpreterManual(String name, String shows, String checks, String code) implements Manual {

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    List<Arg> arguments = call.arguments();
    if (arguments.isEmpty()) {
      return onInput(name);
    }
    String first = text(arguments.getFirst());
    if (arguments.size() == 1 && isIn(first, shows)) {
      return Reading.harmless("shows the version or the help", List.of());
    }
    if (arguments.size() == 2
        && isIn(first, checks)
        && arguments.get(1) instanceof Arg.Known(String file)
        && !file.startsWith("-")) {
      return Reading.harmless(
          "checks a file without running it",
          List.of(new Want.File(Access.READ, arguments.get(1))));
    }
    for (Arg argument : arguments) {
      if (isCode(text(argument))) {
        return code(name, argument.shown());
      }
    }
    for (Arg argument : arguments) {
      if (argument instanceof Arg.Known(String text) && text.equals("-")) {
        return onInput(name);
      }
      if (argument instanceof Arg.Known(String text) && !text.startsWith("-")) {
        return Reading.unknown(
            "runs the script %s".formatted(text), List.of(new Want.File(Access.READ, argument)));
      }
    }
    return Reading.unknown("%s is called in a way that is not known".formatted(name), List.of());
  }

  /// Returns the reading of an interpreter that reads code from its input.
  static Reading onInput(String name) {
    return Reading.unknown(
        name + " runs what is on its input",
        List.of(
            new Want.Opaque(
                "command.code", name, name + " runs the code that is sent to its input")));
  }

  /// Returns the reading of an interpreter that is given code as text.
  static Reading code(String name, String option) {
    return Reading.unknown(
        name + " runs code",
        List.of(
            new Want.Opaque(
                "command.code",
                name + " " + option,
                "%s runs the code that follows %s".formatted(name, option))));
  }

  private boolean isCode(String text) {
    for (String option : code.split(" ", -1)) {
      boolean isShort = option.length() == 2 && option.startsWith("-");
      if (!option.isEmpty()
          && (text.equals(option)
              || (isShort && isCluster(text) && text.indexOf(option.charAt(1)) > 0)
              || (option.length() > 2 && text.startsWith(option + "=")))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCluster(String text) {
    return text.length() > 1 && text.charAt(0) == '-' && text.charAt(1) != '-';
  }

  private static boolean isIn(String text, String options) {
    return !text.isEmpty() && List.of(options.split(" ", -1)).contains(text);
  }

  private static String text(Arg arg) {
    return arg instanceof Arg.Known(String text) ? text : "";
  }
}
