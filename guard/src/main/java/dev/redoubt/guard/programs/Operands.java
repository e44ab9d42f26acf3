// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import org.jspecify.annotations.Nullable;

/// What a program does with the arguments that are no options.
enum Operands {
  /// They are no files: text, numbers, names of users.
  PLAIN(null),
  /// Each is a file that is read; `-` is the standard input.
  READ(Access.READ),
  /// Each is a folder or file that is listed.
  LIST(Access.LIST),
  /// Each is a folder below which everything is looked through.
  SEARCH(Access.SEARCH),
  /// Each is a file or folder that is created or changed.
  WRITE(Access.WRITE),
  /// Each is deleted.
  DELETE(Access.DELETE),
  /// The first is a pattern or a program text that only selects, the others are read.
  PATTERN_THEN_READ(Access.READ),
  /// The first is a pattern, below the others everything is looked through.
  PATTERN_THEN_SEARCH(Access.SEARCH),
  /// One is enough to change something.
  CHANGES(null),
  /// One is enough to make the call unknown.
  UNKNOWN(null);

  private final @Nullable Access access;

  Operands(@Nullable Access access) {
    this.access = access;
  }

  /// Returns how they are touched; null when they are no files.
  @Nullable Access access() {
    return access;
  }

  /// Returns whether the first one is a pattern.
  boolean startWithPattern() {
    return this == PATTERN_THEN_READ || this == PATTERN_THEN_SEARCH;
  }
}
