// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.http;

import java.net.InetAddress;

/// Reads the names of hosts in requests and settings, without asking anybody what they lead to.
final class Hosts {

  private Hosts() {}

  /// Returns whether `host` is an address as a number, which no name server can lead elsewhere.
  static boolean isAddress(String host) {
    if (host.isEmpty() || host.indexOf('%') >= 0) {
      return false;
    }
    try {
      InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /// Returns the host of what a `Host` header says, without its port.
  static String ofAuthority(String authority) {
    if (authority.startsWith("[")) {
      int end = authority.indexOf(']');
      return end < 0 ? "" : authority.substring(1, end);
    }
    int colon = authority.indexOf(':');
    return colon < 0 ? authority : authority.substring(0, colon);
  }
}
