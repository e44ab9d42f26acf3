// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.trust;

import java.util.ArrayList;
import java.util.List;

/// Splits git's settings into lines as git does.
///
/// Only a value goes on behind a backslash at the end of its line, not a comment and not behind a
/// backslash that is escaped itself: a line that is read as part of another one is a line nobody
/// sees. Never throws. Source: git-config(1), "Syntax".
final class GitConfig {

  /// One setting.
  ///
  /// @param section what stands between the brackets above it, as written; empty when there are
  ///   none
  /// @param text the line, stripped, neither empty nor a comment
  record Line(String section, String text) {

    /// Returns the name, as written.
    String key() {
      int equals = text.indexOf('=');
      return (equals < 0 ? text : text.substring(0, equals)).strip();
    }

    /// Returns the value without quotes and comment; empty when there is none.
    String value() {
      int equals = text.indexOf('=');
      return equals < 0 ? "" : unquoted(text.substring(equals + 1));
    }
  }

  private GitConfig() {}

  static List<Line> lines(String config) {
    List<Line> lines = new ArrayList<>();
    String section = "";
    for (String raw : joined(config)) {
      String line = raw.strip();
      while (line.startsWith("[")) {
        int end = closing(line);
        section = line.substring(1, end);
        line = line.substring(Math.min(end + 1, line.length())).strip();
      }
      if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith(";")) {
        lines.add(new Line(section, line));
      }
    }
    return lines;
  }

  private static List<String> joined(String config) {
    String text = (config.startsWith("\ufeff") ? config.substring(1) : config) + "\n";
    text = text.replace("\r\n", "\n");
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    boolean value = false;
    boolean quoted = false;
    boolean comment = false;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\n') {
        lines.add(line.toString());
        line.setLength(0);
        value = false;
        quoted = false;
        comment = false;
        continue;
      }
      if (c == '\\' && !comment) {
        char next = text.charAt(++at);
        if (next != '\n') {
          line.append(c).append(next);
        } else if (!value) {
          at--;
        }
        continue;
      }
      quoted ^= c == '"';
      comment |= (c == '#' || c == ';') && !quoted;
      value |= c == '=' && !quoted && !comment;
      line.append(c);
    }
    lines.add(line.toString());
    return lines;
  }

  /// Returns where the head of a section ends; a bracket in quotes does not end it.
  private static int closing(String line) {
    boolean quoted = false;
    for (int at = 1; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ']' && !quoted) {
        return at;
      }
    }
    return line.length();
  }

  /// Blanks around a value do not count, those in quotes and those that are written with a
  /// backslash do: `on\n` is no switch.
  private static String unquoted(String written) {
    String text = written.strip();
    StringBuilder value = new StringBuilder();
    int end = 0;
    boolean quoted = false;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean escapes = c == '\\' && at + 1 < text.length();
      if (escapes) {
        value.append(escaped(text.charAt(++at)));
      } else if (c == '"') {
        quoted = !quoted;
      } else if ((c == '#' || c == ';') && !quoted) {
        break;
      } else {
        value.append(c);
      }
      if (escapes || quoted || c > ' ') {
        end = value.length();
      }
    }
    return value.substring(0, end);
  }

  private static char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'b' -> '\b';
      default -> c;
    };
  }
}
