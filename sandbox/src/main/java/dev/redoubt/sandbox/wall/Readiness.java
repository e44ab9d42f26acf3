// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

import static java.util.Objects.requireNonNull;

/// Whether a backend works on this machine.
public sealed interface Readiness {

  /// It does.
  ///
  /// @param detail what was found, in the manner of `bwrap 0.8.0`
  record Ready(String detail) implements Readiness {
    public Ready {
      requireNonNull(detail, "detail");
    }
  }

  /// It does not.
  ///
  /// @param reason why, in one sentence
  /// @param fix what to do, exactly
  record NotReady(String reason, String fix) implements Readiness {
    public NotReady {
      requireNonNull(reason, "reason");
      requireNonNull(fix, "fix");
    }
  }
}
