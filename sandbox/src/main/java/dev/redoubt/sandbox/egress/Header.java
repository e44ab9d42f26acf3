// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The lines of a header in their order. Nothing in a line can end it or begin another. Immutable.
record Header(List<Line> lines) {

  private static final int MOST_LINES = 200;

  Header {
    lines = List.copyOf(lines);
  }

  /// One line.
  ///
  /// @param name a token, as written
  /// @param value without white space around it; bytes above 0x7F as ISO 8859-1 reads them
  record Line(String name, String value) {
    boolean is(String other) {
      return name.equalsIgnoreCase(other);
    }
  }

  /// Returns the lines up to the empty one that ends a header.
  static Header read(HeadLines from) throws HeadLines.Unreadable, java.io.IOException {
    List<Line> lines = new ArrayList<>();
    while (true) {
      String text = from.next();
      if (text.isEmpty()) {
        return new Header(lines);
      }
      if (lines.size() == MOST_LINES) {
        throw new HeadLines.Unreadable("a header has more than %d lines".formatted(MOST_LINES));
      }
      lines.add(line(text));
    }
  }

  /// Returns the one value of `name`, or null when there is none.
  ///
  /// @throws HeadLines.Unreadable if the line is there twice
  @Nullable String only(String name) throws HeadLines.Unreadable {
    String value = null;
    for (Line line : lines) {
      if (line.is(name)) {
        if (value != null) {
          throw new HeadLines.Unreadable("the header %s is there twice".formatted(name));
        }
        value = line.value();
      }
    }
    return value;
  }

  boolean has(String name) {
    for (Line line : lines) {
      if (line.is(name)) {
        return true;
      }
    }
    return false;
  }

  /// Says whether one of the values of `name` lists `token`.
  boolean lists(String name, String token) {
    return listed(name).contains(token);
  }

  /// Returns every token that the values of `name` list, in lower case.
  List<String> listed(String name) {
    List<String> tokens = new ArrayList<>();
    for (Line line : lines) {
      if (line.is(name)) {
        for (String token : line.value().split(",", -1)) {
          tokens.add(token.trim().toLowerCase(Locale.ROOT));
        }
      }
    }
    return tokens;
  }

  /// Returns what goes on to the other side: without what is meant for this connection alone, and
  /// without what says where the message ends.
  List<Line> endToEnd() {
    List<String> dropped = listed("connection");
    List<Line> kept = new ArrayList<>(lines.size());
    for (Line line : lines) {
      String name = line.name().toLowerCase(Locale.ROOT);
      if (!isForThisConnection(name) && !dropped.contains(name)) {
        kept.add(line);
      }
    }
    return kept;
  }

  /// Writes lines as they stand in a message.
  static void write(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
  }

  static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(ISO_8859_1);
  }

  private static boolean isForThisConnection(String name) {
    return switch (name) {
      case "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authentication-info",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade" ->
          true;
      default -> false;
    };
  }

  private static Line line(String text) throws HeadLines.Unreadable {
    int colon = text.indexOf(':');
    if (colon < 1 || !isToken(text, colon)) {
      // Also a line that continues the one before, and a name with white space behind.
      throw new HeadLines.Unreadable("a line of the header does not start with a name and a colon");
    }
    int start = colon + 1;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return new Line(text.substring(0, colon), text.substring(start, end));
  }

  static boolean isToken(String text, int length) {
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~' || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
        return false;
      }
    }
    return length > 0;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
