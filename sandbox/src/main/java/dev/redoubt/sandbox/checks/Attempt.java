// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.checks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/// Tries one way out.
@FunctionalInterface
interface Attempt {

  /// Returns what happened in `scene`.
  ///
  /// @throws CheckFailedException if it could not be tried
  Seen in(Scene scene) throws CheckFailedException, IOException;

  /// What happened.
  ///
  /// @param out whether it led out, or past the limit
  /// @param detail what was seen, in one sentence
  record Seen(boolean out, String detail) {
    public Seen {
      requireNonNull(detail, "detail");
    }
  }
}
