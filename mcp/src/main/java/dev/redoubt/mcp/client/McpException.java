// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

/// A server cannot be used. The message says why, in words that follow its name.
public final class McpException extends Exception {

  private static final long serialVersionUID = 1L;

  McpException(String message) {
    super(message);
  }

  /// Returns why.
  public String reason() {
    return String.valueOf(getMessage());
  }
}
