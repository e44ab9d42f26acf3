// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import static java.util.Objects.requireNonNull;

/// What came from one side at once: a message, or the beginning of one that was too long and is
/// passed over.
public final class Heard {

  private final byte[] bytes;
  private final boolean isTooLong;

  /// @param bytes must not be changed any more
  public Heard(byte[] bytes, boolean isTooLong) {
    this.bytes = requireNonNull(bytes, "bytes");
    this.isTooLong = isTooLong;
  }

  /// Returns what came; its reader does not change it.
  public byte[] bytes() {
    return bytes;
  }

  /// Returns whether it is only the beginning of what came.
  public boolean isTooLong() {
    return isTooLong;
  }
}
