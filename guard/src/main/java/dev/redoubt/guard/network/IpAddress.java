// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import java.util.Arrays;
import java.util.Optional;

/// An address of 4 or 16 bytes. Immutable.
///
/// Reads only the spellings every reader takes for the same address: four decimal numbers without
/// leading zeros, and the groups of RFC 4291 without a zone. The short, octal and hexadecimal forms
/// that `inet_aton` and `InetAddress` accept are none.
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

  /// Returns the address `text` spells, without brackets, or empty when it spells none strictly.
  public static Optional<IpAddress> parse(String text) {
    byte[] parsed = text.indexOf(':') >= 0 ? Ipv6Text.parse(text) : Ipv4Text.parse(text);
    return parsed == null ? Optional.empty() : Optional.of(new IpAddress(parsed));
  }

  /// Returns a copy of the bytes, in network order.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// Says whether there are 4 bytes.
  public boolean isV4() {
    return bytes.length == 4;
  }

  /// Returns the IPv4 address in the 4 bytes from `offset` on, each changed by `mask`.
  IpAddress inner(int offset, int mask) {
    byte[] inner = new byte[4];
    for (int i = 0; i < 4; i++) {
      inner[i] = (byte) (bytes[offset + i] ^ mask);
    }
    return new IpAddress(inner);
  }

  /// Returns the byte at `index` as a number from 0 to 255.
  int octet(int index) {
    return bytes[index] & 0xFF;
  }

  /// Says whether the first `bits` bits are those of `network`, an address of the same length.
  boolean startsWith(IpAddress network, int bits) {
    int whole = bits / 8;
    if (!Arrays.equals(bytes, 0, whole, network.bytes, 0, whole)) {
      return false;
    }
    int rest = bits % 8;
    return rest == 0 || ((bytes[whole] ^ network.bytes[whole]) & (0xFF00 >> rest) & 0xFF) == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpAddress address && Arrays.equals(bytes, address.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// Returns the one canonical spelling: a dotted quad, or RFC 5952 without brackets.
  @Override
  public String toString() {
    return isV4() ? Ipv4Text.format(bytes, 0) : Ipv6Text.format(bytes);
  }
}
