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

    /// Names of files, as another command lists them.
    ///
    /// A name may have blanks in it, and start with a dash.
    ///
    /// @param found what the names can be, in the manner of `find -exec`
    record Names(List<Arg> found) implements Input {
      public Names {
        found = List.copyOf(found);
      }
    }
  }

  public Call {
    requireNonNull(name, "name");
    arguments = List.copyOf(arguments);
    requireNonNull(input, "input");
  }
}
