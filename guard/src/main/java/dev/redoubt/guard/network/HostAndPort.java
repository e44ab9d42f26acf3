// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.network;

import static dev.redoubt.guard.network.Refusal.quoted;
import static java.util.Objects.requireNonNull;

/// A machine and a port on it.
///
/// @param port from 1 to 65535
public record HostAndPort(Host host, int port) {

  public HostAndPort {
    requireNonNull(host, "host");
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port %d is not from 1 to 65535".formatted(port));
    }
  }

  /// Returns the reading of `host:port`, both named. Not a URL: no scheme, no path.
  public static Reading<HostAndPort> read(String text) {
    try {
      StrictUrl.requireClean(text);
      return new Reading.Good<>(authority(text, 0));
    } catch (Refusal e) {
      return e.reading();
    }
  }

  /// Returns `host:port`, an IPv6 address in brackets.
  public String text() {
    return host.text() + ":" + port;
  }

  @Override
  public String toString() {
    return text();
  }

  /// Reads what stands between `//` and the path.
  ///
  /// @param defaultPort for an authority without a port; 0 when one has to be named
  static HostAndPort authority(String text, int defaultPort) throws Refusal {
    if (text.indexOf('@') >= 0) {
      throw new Refusal(
          Refusal.USERINFO, "there is an @ before the host: credentials do not belong there");
    }
    int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
    int colon = text.indexOf(':', bracket + 1);
    boolean unclosed = text.startsWith("[") && bracket < 0;
    if (unclosed || (bracket >= 0 && colon >= 0 && colon != bracket + 1)) {
      throw Refusal.malformed("the brackets in " + quoted(text) + " do not match");
    }
    if (colon >= 0 && text.indexOf(':', colon + 1) >= 0) {
      throw Refusal.malformed(
          "there are two colons in %s: an IPv6 address stands in brackets".formatted(quoted(text)));
    }
    Host host = HostReader.read(colon < 0 ? text : text.substring(0, colon));
    if (colon < 0 && defaultPort == 0) {
      throw Refusal.malformed(quoted(text) + " names no port");
    }
    return new HostAndPort(host, colon < 0 ? defaultPort : port(text, colon + 1));
  }

  private static int port(String text, int start) throws Refusal {
    int length = text.length() - start;
    int port = 0;
    for (int i = start; i < text.length() && length <= 5; i++) {
      char c = text.charAt(i);
      if (!HostReader.isDigit(c)) {
        throw Refusal.malformed("the port in " + quoted(text) + " is no number");
      }
      port = port * 10 + c - '0';
    }
    if (length < 1 || length > 5 || text.charAt(start) == '0' || port > 65_535) {
      throw Refusal.malformed(
          "the port in %s is not from 1 to 65535 without leading zeros".formatted(quoted(text)));
    }
    return port;
  }
}
