// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.http;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;

/// Where to listen: an address of the machine and a port.
///
/// A name is refused, `localhost` excepted: what it leads to is decided by whoever answers for it.
///
/// @param host the address as a number, without brackets
/// @param port 0 for any that is free
public record ListenAddress(String host, int port) {

  private static final int HIGHEST = 65_535;

  public ListenAddress {
    requireNonNull(host, "host");
    if (port < 0 || port > HIGHEST) {
      throw new IllegalArgumentException("a port is 0 to %d, not %d".formatted(HIGHEST, port));
    }
    if (host.equals("localhost")) {
      host = "127.0.0.1";
    }
    if (!Hosts.isAddress(host)) {
      throw new IllegalArgumentException(
          "\"%s\" is no address: give one as a number, like 127.0.0.1".formatted(host));
    }
  }

  /// Returns what `HOST:PORT` says, `[::1]:8080` for example.
  ///
  /// @throws IllegalArgumentException if it does not say that; the message is for people
  public static ListenAddress of(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("\"%s\" is not HOST:PORT".formatted(text));
    }
    return new ListenAddress(
        Hosts.withoutBrackets(text.substring(0, colon)), port(text.substring(colon + 1)));
  }

  private static int port(String digits) {
    boolean number =
        !digits.isEmpty()
            && digits.length() <= 5
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!number) {
      throw new IllegalArgumentException("\"%s\" is no port: 0 to %d".formatted(digits, HIGHEST));
    }
    return Integer.parseInt(digits);
  }

  /// Returns whether only this machine can reach it.
  public boolean isLoopback() {
    return InetAddress.ofLiteral(host).isLoopbackAddress();
  }
}
