// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

import dev.redoubt.guard.Effect.Access;
import java.nio.file.Path;
import java.util.Optional;

/// What file tools may touch: the same that a command inside the wall may. Safe to share.
@FunctionalInterface
public interface Boundary {

  /// Holds nothing back: what the guard permitted is done.
  Boundary NONE = (_, _) -> Optional.empty();

  /// Returns why `real` may not be touched, if so.
  ///
  /// @param real a real path, links resolved as far as it exists
  Optional<String> objection(Access access, Path real);
}
