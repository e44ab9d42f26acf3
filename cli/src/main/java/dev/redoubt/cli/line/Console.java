// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.util.Objects.requireNonNull;

/// The terminal a person sits at. One thread reads; any thread may show lines or call the reader.
interface Console extends AutoCloseable {

  /// What a person is asked for.
  ///
  /// @param text safe, shown before what is typed; empty for none
  /// @param begun what was typed before and not finished
  record Prompt(String text, String begun, Kind kind) {
    public Prompt {
      requireNonNull(text, "text");
      requireNonNull(begun, "begun");
      requireNonNull(kind, "kind");
    }
  }

  /// What a line is for.
  enum Kind {
    /// What the agent is to do: several lines, history and completion.
    TASK,
    /// Words to a turn that runs.
    STEER,
    /// The answer to a question.
    ANSWER
  }

  /// What a person did.
  sealed interface Typed {
    /// Finished a line, or several that belong together.
    record Line(String text) implements Typed {}

    /// Pressed Ctrl-C.
    record Interrupt() implements Typed {}

    /// Pressed Ctrl-D, or the terminal is gone.
    record Left() implements Typed {}

    /// Nothing: somebody called with [Console#call] while this was typed.
    record Called(String unfinished) implements Typed {}
  }

  /// Returns what the person did next. A line that is an answer was begun after this was called.
  Typed read(Prompt prompt);

  /// Shows one line.
  ///
  /// @param line safe, without a line break
  void show(String line);

  /// Leaves a line free before what comes next.
  void gap();

  /// Ends the read that waits, or the next one, with [Typed.Called].
  void call();

  /// Ends the read that waits, and every later one, with [Typed.Left].
  void leave();

  Style style();

  /// Returns how many characters fit into a line.
  int columns();

  @Override
  void close();
}
