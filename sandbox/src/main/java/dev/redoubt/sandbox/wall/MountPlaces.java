// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

import static java.util.Objects.requireNonNull;

/// Where a backend can show commands more of this machine than the workspace.
public sealed interface MountPlaces {

  /// Nowhere.
  ///
  /// @param reason why, in one clause for a person
  record Nowhere(String reason) implements MountPlaces {
    public Nowhere {
      requireNonNull(reason, "reason");
    }
  }

  /// Where it lies on this machine.
  record InPlace() implements MountPlaces {}

  /// Where it lies on this machine, and at other places that are nobody's.
  record Beside() implements MountPlaces {}

  /// At any place of a machine of its own.
  record Anywhere() implements MountPlaces {}
}
