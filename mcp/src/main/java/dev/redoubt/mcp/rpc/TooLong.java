// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

/// Says that a message is too long.
final class TooLong {

  private TooLong() {}

  static String message(int largest) {
    return "it sent a message of more than %d bytes".formatted(largest);
  }
}
