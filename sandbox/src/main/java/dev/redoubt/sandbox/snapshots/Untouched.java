// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import static java.util.Objects.requireNonNull;

/// A path that a turn changed and going back left as it is.
///
/// @param path for people, as [PathChange] has it
/// @param why what kind of reason
/// @param reason in words
public record Untouched(String path, Why why, String reason) {

  /// Why a path was left as it is.
  public enum Why {
    /// It was changed since in a way that cannot be merged.
    CONFLICT,
    /// It was not recorded, so there is nothing to bring back.
    LEFT_OUT,
    /// A folder that the turn created holds something else now.
    NOT_EMPTY,
    /// It could not be written.
    FAILED
  }

  public Untouched {
    requireNonNull(path, "path");
    requireNonNull(why, "why");
    requireNonNull(reason, "reason");
  }
}
