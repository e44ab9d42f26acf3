// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// What the first line of a program says that may speak anything: whether a server could take it
/// for a request of HTTP.
///
/// A line ends with a line feed, or with a zero, which is in no request. Servers are lenient: they
/// pass over empty lines before a request, take any word for a method and any white space between
/// the words. So everything counts as HTTP that names a version of it, and what has a method and a
/// path or an address without one.
final class FirstLine {

  private static final int MOST = 8192;
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT");
  private static final String PUNCTUATION = "!#$%&'*+-.^_`|~";

  /// What is spoken.
  enum Speech {
    /// A server could take it for HTTP.
    HTTP,
    /// Nothing that a server of HTTP answers with anything but an error.
    OTHER,
    /// A first line without an end in 8 KB.
    UNCLEAR
  }

  private FirstLine() {}

  /// Returns what `client` speaks, whose bytes are only looked at; waits for its first line unless
  /// its first word is no word of HTTP.
  ///
  /// @param heard says that the server was the first to speak, and so speaks no HTTP
  static Speech of(Wire client, BooleanSupplier heard) throws IOException {
    int from = 0;
    while (from < MOST && isBlank(client.peek(from))) {
      from++;
    }
    StringBuilder line = new StringBuilder();
    boolean firstWord = true;
    for (int at = from; at < MOST; at++) {
      int next = heard.getAsBoolean() ? -1 : client.peek(at);
      if (heard.getAsBoolean()) {
        return Speech.OTHER;
      }
      if (next <= 0 || next == '\n') {
        return isRequest(line) ? Speech.HTTP : Speech.OTHER;
      }
      firstWord = firstWord && !isBlank(next);
      if (firstWord && !isToken(next)) {
        return Speech.OTHER;
      }
      line.append((char) next);
    }
    return Speech.UNCLEAR;
  }

  private static boolean isBlank(int next) {
    return next == ' ' || next == '\t' || next == '\r' || next == '\n';
  }

  private static boolean isToken(int next) {
    return (next >= 'a' && next <= 'z')
        || (next >= 'A' && next <= 'Z')
        || (next >= '0' && next <= '9')
        || PUNCTUATION.indexOf(next) >= 0;
  }

  private static boolean isRequest(CharSequence text) {
    String line = text.toString();
    if (line.toUpperCase(Locale.ROOT).contains("HTTP/")) {
      return true;
    }
    int end = 0;
    while (end < line.length() && !isBlank(line.charAt(end))) {
      end++;
    }
    String target = line.substring(end).strip().toLowerCase(Locale.ROOT);
    return METHODS.contains(line.substring(0, end))
        && (target.startsWith("/") || target.startsWith("http"));
  }
}
