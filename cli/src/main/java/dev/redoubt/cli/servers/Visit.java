// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What somebody wants who called the port of a login.
sealed interface Visit {

  /// Where the browser comes back to.
  String PATH = "/callback";

  /// The browser came back from the page.
  ///
  /// @param parameters decoded, each name once
  record Back(Map<String, String> parameters) implements Visit {
    public Back {
      parameters = Map.copyOf(parameters);
    }
  }

  /// It is somebody else, or a page that was not shown by this login.
  ///
  /// @param status of HTTP, with its words
  record Stranger(String status) implements Visit {
    public Stranger {
      requireNonNull(status, "status");
    }
  }

  /// Returns who writes `in`: a GET of [#PATH] at `authority` that brings `state` is the browser.
  /// Reads to the end of the head, and at most 32 KB.
  ///
  /// @throws IOException if it breaks off
  static Visit read(InputStream in, String authority, String state) throws IOException {
    Head head = new Head(in);
    String[] words = head.line().split(" ", -1);
    String host = "";
    int hosts = 0;
    for (String line = head.line(); !line.isEmpty(); line = head.line()) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals("host")) {
        host = line.substring(colon + 1).strip();
        hosts++;
      }
    }
    if (words.length != 3 || !words[2].startsWith("HTTP/1.") || head.isTooLong()) {
      return new Stranger("400 Bad Request");
    }
    // A page can make a browser call a port of this machine by a name of its own.
    if (hosts != 1 || !host.equals(authority)) {
      return new Stranger("421 Misdirected Request");
    }
    String target = words[1];
    if (!target.equals(PATH) && !target.startsWith(PATH + "?")) {
      return new Stranger("404 Not Found");
    }
    if (!words[0].equals("GET")) {
      return new Stranger("405 Method Not Allowed");
    }
    Map<String, String> parameters = parameters(target);
    byte[] brought = parameters.getOrDefault("state", "").getBytes(UTF_8);
    return MessageDigest.isEqual(brought, state.getBytes(UTF_8))
        ? new Back(parameters)
        : new Stranger("403 Forbidden");
  }

  /* A name given twice is one that two readers read differently: none of its values counts. */
  private static Map<String, String> parameters(String target) {
    Map<String, String> parameters = new LinkedHashMap<>();
    int question = target.indexOf('?');
    String query = question < 0 ? "" : target.substring(question + 1);
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        try {
          String name = URLDecoder.decode(pair.substring(0, equals), UTF_8);
          String value = URLDecoder.decode(pair.substring(equals + 1), UTF_8);
          if (parameters.putIfAbsent(name, value) != null) {
            parameters.put(name, "");
          }
        } catch (IllegalArgumentException e) {
          // No text, and so nothing that was asked for.
        }
      }
    }
    return parameters;
  }

  /// The head of a request, line by line.
  final class Head {

    private static final int LONGEST = 32 << 10;

    private final InputStream in;
    private int read;

    private Head(InputStream in) {
      this.in = requireNonNull(in, "in");
    }

    private boolean isTooLong() {
      return read >= LONGEST;
    }

    /* Empty at the end of the head, and once it is too long. */
    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      while (read < LONGEST) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("a request broke off");
        }
        read++;
        if (next == '\n') {
          int length = line.length();
          return length > 0 && line.charAt(length - 1) == '\r'
              ? line.substring(0, length - 1)
              : line.toString();
        }
        line.append((char) next);
      }
      return "";
    }
  }
}
