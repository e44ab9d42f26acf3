// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// A program about to be started.
///
/// @param name how it is called, without folders
/// @param arguments what follows the name
/// @param input what is on its standard input
public record Call(String name, List<Arg> arguments, Input input) {

  /// What is on the standard input of a program.
  public sealed interface Input {
    /// The terminal or nothing.
    record Nothing() implements Input {}

    /// Text that is known: a here-document or a here-string.
    record Given(String text) implements Input {
      public Given {
        requireNonNull(text, "text");
      }
    }

    /// The output of another command, or a file.
    record Unknown() implements Input {}
  }

  public Call {
    requireNonNull(name, "name");
    arguments = List.copyOf(arguments);
    requireNonNull(input, "input");
  }
}
