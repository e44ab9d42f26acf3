// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.programs.Arg;
import java.util.List;
import java.util.Optional;

/// A word of a command after expansion.
///
/// A number that is not known stands in a known text as [#NUMBER]: no program is told apart by it,
/// and whatever becomes of it knows where it is.
///
/// @param arg what manuals are told
/// @param shown as written, for people
/// @param count whether it is one word for sure
record Argument(Arg arg, String shown, Count count) {

  /// What stands for digits of which nothing is known. A line that has these very digits in it is
  /// judged as if they were not known, which is never milder.
  static final String NUMBER = "172903518";

  /// How many words an argument can turn into.
  enum Count {
    ONE,
    ANY
  }

  Argument {
    requireNonNull(arg, "arg");
    requireNonNull(shown, "shown");
    requireNonNull(count, "count");
  }

  static Argument known(String text) {
    return new Argument(new Arg.Known(text), text, Count.ONE);
  }

  /// Wraps what a manual says about the words of another program.
  static Argument of(Arg arg) {
    return new Argument(arg, arg.shown(), arg instanceof Arg.Known ? Count.ONE : Count.ANY);
  }

  /// Returns the text when all of it is known.
  Optional<String> text() {
    return arg instanceof Arg.Known(String text) ? Optional.of(text) : Optional.empty();
  }

  boolean isUnknown() {
    return arg instanceof Arg.Unknown;
  }

  /// Returns the words as they are shown to people and rules.
  static List<String> shown(List<Argument> arguments) {
    return arguments.stream().map(Argument::shown).toList();
  }
}
