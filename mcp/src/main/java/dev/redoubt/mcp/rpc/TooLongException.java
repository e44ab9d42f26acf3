// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import java.io.IOException;

/// A message was longer than is read. What is left of it was not read yet.
public final class TooLongException extends IOException {

  private static final long serialVersionUID = 1L;

  TooLongException(int largest) {
    super("it sent a message of more than %d bytes".formatted(largest));
  }
}
