// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import dev.redoubt.sandbox.egress.HeadLines.Unreadable;
import java.io.IOException;

/// The first line and the header of a request.
///
/// @param method in capitals
/// @param target as written, not yet understood
/// @param isOld whether it is HTTP/1.0
record RequestHead(String method, String target, boolean isOld, Header header, Framing framing) {

  private static final int LONGEST_METHOD = 32;

  /// Returns the next request.
  static RequestHead read(Wire wire, int most) throws Unreadable, IOException {
    HeadLines lines = new HeadLines(wire, most);
    String line = lines.next();
    int first = line.indexOf(' ');
    int last = line.lastIndexOf(' ');
    if (first < 1 || first == last || line.indexOf(' ', first + 1) != last) {
      throw new Unreadable("the first line is not a method, a target and a version");
    }
    String method = line.substring(0, first);
    if (!isMethod(method)) {
      throw new Unreadable("the method is not a word in capitals");
    }
    boolean isOld = isOld(line.substring(last + 1));
    Header header = Header.read(lines);
    Framing framing = Framing.ofRequest(header, isOld);
    return new RequestHead(method, line.substring(first + 1, last), isOld, header, framing);
  }

  /// Says whether the program wants to send another request on the same connection.
  boolean staysOpen() {
    return !isOld
        && !header.lists("connection", "close")
        && !header.lists("proxy-connection", "close");
  }

  private static boolean isMethod(String method) {
    for (int i = 0; i < method.length(); i++) {
      char c = method.charAt(i);
      if ((c < 'A' || c > 'Z') && c != '-' && c != '_') {
        return false;
      }
    }
    return method.length() <= LONGEST_METHOD;
  }

  private static boolean isOld(String version) throws Unreadable {
    return switch (version) {
      case "HTTP/1.1" -> false;
      case "HTTP/1.0" -> true;
      default -> throw new Unreadable("the version is not HTTP/1.1 or HTTP/1.0");
    };
  }
}
