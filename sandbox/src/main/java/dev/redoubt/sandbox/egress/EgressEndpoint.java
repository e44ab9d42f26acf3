// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/// Where a proxy can be reached, and with what right.
public sealed interface EgressEndpoint {

  /// A Unix-domain socket: whoever can reach the file may use the proxy.
  record Socket(Path file) implements EgressEndpoint {
    public Socket {
      requireNonNull(file, "file");
    }
  }

  /// A TCP port: whoever knows the token may use the proxy.
  ///
  /// @param host the address as it stands in a URL
  /// @param token 43 letters, digits, hyphens and underscores; the password to the user `redoubt`
  record Port(String host, int port, String token) implements EgressEndpoint {
    public Port {
      requireNonNull(host, "host");
      requireNonNull(token, "token");
    }

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }
}
