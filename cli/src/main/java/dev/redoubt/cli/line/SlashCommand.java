// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// Something a person can do at the prompt by writing `/name`.
///
/// @param name without the slash: lower-case letters, digits and hyphens
/// @param usage what may follow the name, in the manner of `[NAME]`; empty when nothing does
/// @param summary one line for the help
/// @param choices what can be completed after the name
/// @param action does it
record SlashCommand(
    String name, String usage, String summary, List<String> choices, Action action) {

  SlashCommand {
    requireNonNull(name, "name");
    requireNonNull(usage, "usage");
    requireNonNull(summary, "summary");
    choices = List.copyOf(choices);
    requireNonNull(action, "action");
  }

  /// What a command does.
  @FunctionalInterface
  interface Action {
    /// Does it and returns what comes next.
    ///
    /// @param rest what follows the name, without blanks around it
    /// @throws dev.redoubt.cli.UsageException if `rest` makes no sense; it is shown
    /// @throws dev.redoubt.model.RedoubtException if it cannot be done; it is shown
    Next run(Conversation conversation, String rest) throws InterruptedException;
  }

  /// What comes after a command.
  sealed interface Next {
    /// The next prompt.
    record Stay() implements Next {}

    /// The model is told `text`, as if the person had typed it. A custom command is one of these.
    record Tell(String text) implements Next {}

    /// The end.
    record Leave() implements Next {}
  }

  /// The next prompt.
  static final Next STAY = new Next.Stay();
}
