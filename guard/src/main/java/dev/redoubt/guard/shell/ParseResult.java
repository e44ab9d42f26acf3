// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// What came of parsing a text.
public sealed interface ParseResult {

  /// The text was understood, all of it.
  ///
  /// @param script what Bash makes of it
  /// @param bashOnly what a POSIX shell such as dash reads in another way, in order; when there is
  ///   any, the tree says nothing about what such a shell would run
  record Parsed(Script script, List<BashOnly> bashOnly) implements ParseResult {
    public Parsed {
      requireNonNull(script, "script");
      bashOnly = List.copyOf(bashOnly);
    }
  }

  /// The text is not shell, or uses something that is not followed: nothing is known about it.
  ///
  /// @param reason why, in a few words for a person
  /// @param offset where in the text, in characters from 0; near the place when it lies in
  ///   backticks
  record NotUnderstood(String reason, int offset) implements ParseResult {
    public NotUnderstood {
      requireNonNull(reason, "reason");
    }
  }

  /// A place where Bash and a POSIX shell part.
  ///
  /// @param what the construct, in the manner of `<( )`
  record BashOnly(String what, int offset) {
    public BashOnly {
      requireNonNull(what, "what");
    }
  }
}
