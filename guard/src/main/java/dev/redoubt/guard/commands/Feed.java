// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import dev.redoubt.guard.programs.Call.Input;

/// What is on the standard input of a command.
final class Feed {

  /// There is none.
  static final Input NOTHING = new Input.Nothing();

  /// It could be anything.
  static final Input ANY = new Input.Unknown();

  private Feed() {}
}
