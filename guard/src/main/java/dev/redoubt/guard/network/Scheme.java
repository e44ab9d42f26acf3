// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The protocols of a [StrictUrl].
public enum Scheme {
  HTTP(80),
  HTTPS(443),
  WS(80),
  WSS(443);

  private final int defaultPort;

  Scheme(int defaultPort) {
    this.defaultPort = defaultPort;
  }

  /// Returns the port when a URL names none.
  public int defaultPort() {
    return defaultPort;
  }

  /// Says whether what is sent is encrypted and the server proves its name.
  public boolean isSecure() {
    return this == HTTPS || this == WSS;
  }

  /// Returns the scheme as it stands in a URL.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static @Nullable Scheme named(String text) {
    return switch (text) {
      case "http" -> HTTP;
      case "https" -> HTTPS;
      case "ws" -> WS;
      case "wss" -> WSS;
      default -> null;
    };
  }
}
