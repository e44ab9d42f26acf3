// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.checks;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.wall.EscapeCheck;

/// One line of `redoubt sandbox test`.
///
/// @param held whether what the backend says is true here
/// @param detail what was found, or why nothing is claimed, in one sentence
public record CheckRow(
    String backend, EscapeCheck check, Result result, boolean held, String detail) {

  public CheckRow {
    requireNonNull(backend, "backend");
    requireNonNull(check, "check");
    requireNonNull(result, "result");
    requireNonNull(detail, "detail");
  }

  /// What stands between a command and the way out.
  public enum Result {
    /// It was tried, and did not work.
    BLOCKED("blocked"),
    /// It was tried, and worked up to the limit that the detail states.
    BOUNDED("bounded"),
    /// It is open.
    GAP("gap"),
    /// The backend is not made to close it.
    NOT_CLAIMED("not-claimed");

    private final String id;

    Result(String id) {
      this.id = id;
    }

    /// Returns how it is shown.
    public String id() {
      return id;
    }
  }
}
