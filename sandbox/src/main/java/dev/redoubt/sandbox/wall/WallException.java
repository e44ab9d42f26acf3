// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/// A wall cannot be put up, or does not let something through. Nothing was started.
public final class WallException extends IOException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String fix;

  private WallException(Kind kind, String reason, String fix) {
    super(requireNonNull(reason, "reason"));
    this.kind = kind;
    this.fix = requireNonNull(fix, "fix");
  }

  /// Which of the two it is.
  public enum Kind {
    /// The machine lacks something.
    CANNOT_START,
    /// The wall says no, whatever the guard said.
    REFUSED
  }

  /// Returns that something of the machine is missing.
  ///
  /// @param fix what to do, exactly
  public static WallException cannotStart(String reason, String fix) {
    return new WallException(Kind.CANNOT_START, reason, fix);
  }

  /// Returns that the wall does not let it through.
  ///
  /// @param fix what would make it possible; empty when nothing does
  public static WallException refused(String reason, String fix) {
    return new WallException(Kind.REFUSED, reason, fix);
  }

  /// Returns which of the two it is.
  public Kind kind() {
    return kind;
  }

  /// Returns what to do about it; may be empty.
  public String fix() {
    return fix;
  }
}
