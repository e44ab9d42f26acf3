// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

/// What an option does, or what is done with its value.
enum Meaning {
  /// Changes only what is shown; the value, if any, is no file that matters.
  HARMLESS("is fine"),
  /// The value is a file that is read.
  READS("reads a file"),
  /// The value is a folder whose names are listed.
  LISTS("lists a folder"),
  /// The value is a folder below which everything is looked through.
  SEARCHES("searches a folder"),
  /// The operands are looked through with everything below them.
  RECURSES("searches everything below"),
  /// The value is a file that is created or replaced.
  WRITES("writes a file"),
  /// The value is a file that is deleted.
  DELETES("deletes a file"),
  /// The value is a file that configures the program and may be code.
  CONFIG("loads another configuration"),
  /// The value is a folder that is emptied and filled again.
  OUTPUT("empties a folder"),
  /// The value is the folder the program works in.
  FOLDER("changes the folder"),
  /// The value is text that a shell runs.
  SHELL("runs a command"),
  /// The value is a program and its first arguments, split at blanks; more arguments follow.
  STARTS("runs a program"),
  /// The value is a URL or a host the program connects to.
  CONNECTS("connects"),
  /// Changes something besides files that are named, or executes something.
  CHANGES("changes something or runs something"),
  /// Its effect is not written down.
  UNKNOWN("is not judged");

  private final String verb;

  Meaning(String verb) {
    this.verb = verb;
  }

  /// Returns what follows the option in a reason.
  String verb() {
    return verb;
  }

  /// Returns whether an option of this meaning that slips in unseen does more than read.
  boolean harms() {
    return switch (this) {
      case HARMLESS, READS, LISTS, SEARCHES, RECURSES -> false;
      case WRITES, DELETES, CONFIG, OUTPUT, FOLDER, SHELL, STARTS, CONNECTS, CHANGES, UNKNOWN ->
          true;
    };
  }
}
