// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import java.util.Arrays;
import java.util.HexFormat;

/// An address of 4 or 16 bytes. Immutable.
public final class IpAddress {

  private final byte[] bytes;

  private IpAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Returns the address with `bytes`.
  ///
  /// @throws IllegalArgumentException if there are neither 4 nor 16
  public static IpAddress of(byte[] bytes) {
    if (bytes.length != 4 && bytes.length != 16) {
      throw new IllegalArgumentException(
          "%d bytes are no address: 4 or 16 are".formatted(bytes.length));
    }
    return new IpAddress(bytes.clone());
  }

  /// Returns a copy of the bytes, in network order.
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpAddress address && Arrays.equals(bytes, address.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
