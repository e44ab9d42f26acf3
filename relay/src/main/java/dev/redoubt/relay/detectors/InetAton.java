// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import dev.redoubt.guard.network.IpAddress;
import java.util.Optional;

/// Reads addresses the way old readers do: one to four numbers, decimal, octal or hexadecimal, the
/// last of which fills the rest.
final class InetAton {

  private InetAton() {}

  static Optional<IpAddress> read(String text) {
    if (text.isEmpty() || text.length() > 64 || !Character.isDigit(text.charAt(0))) {
      return Optional.empty();
    }
    String[] parts = text.split("\\.", -1);
    if (parts.length > 4) {
      return Optional.empty();
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      long number = number(parts[i]);
      int left = 4 - i;
      long most = i == parts.length - 1 ? (1L << (8 * left)) - 1 : 255;
      if (number < 0 || number > most) {
        return Optional.empty();
      }
      address |= i == parts.length - 1 ? number : number << (8 * (left - 1));
    }
    return Optional.of(
        IpAddress.of(
            new byte[] {
              (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
            }));
  }

  private static long number(String text) {
    try {
      if (text.startsWith("0x")) {
        return Long.parseLong(text.substring(2), 16);
      }
      boolean octal = text.length() > 1 && text.startsWith("0");
      return text.startsWith("-") || text.startsWith("+")
          ? -1
          : Long.parseLong(text, octal ? 8 : 10);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
