// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import java.io.IOException;

/// A server cannot be used with what is known of who this client is. The message says why, and
/// never quotes a secret.
public final class AuthorizationException extends IOException {

  private static final long serialVersionUID = 1L;

  public AuthorizationException(String message) {
    super(message);
  }
}
