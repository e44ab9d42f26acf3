// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

/// Makes of what a program wrote for a terminal what a reader would see in the end: no colours, no
/// control characters, and of a line that was written over only what stayed.
final class TerminalText {

  private static final char ESCAPE = '\u001b';

  private final String text;
  private final StringBuilder out;
  private int lineStart;

  private TerminalText(String text) {
    this.text = text;
    this.out = new StringBuilder(text.length());
  }

  static String plain(String text) {
    return new TerminalText(text).read();
  }

  private String read() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case ESCAPE -> at = afterEscape(at + 1);
        case '\n' -> {
          out.append(c);
          lineStart = out.length();
          at++;
        }
        case '\r' -> at = afterReturn(at + 1);
        case '\b' -> {
          out.setLength(Math.max(lineStart, out.length() - 1));
          at++;
        }
        default -> {
          if (c == '\t' || !Character.isISOControl(c)) {
            out.append(c);
          }
          at++;
        }
      }
    }
    return out.toString();
  }

  /* A return before a line end, or at the end, takes nothing away. */
  private int afterReturn(int at) {
    int next = at;
    while (next < text.length() && text.charAt(next) == '\r') {
      next++;
    }
    if (next < text.length() && text.charAt(next) != '\n') {
      out.setLength(lineStart);
    }
    return next;
  }

  /* Control sequences end with a letter, titles and links with a bell or ESC \. */
  private int afterEscape(int at) {
    if (at >= text.length()) {
      return at;
    }
    char kind = text.charAt(at);
    if (kind == '[') {
      int end = at + 1;
      while (end < text.length() && text.charAt(end) >= ' ' && text.charAt(end) < '@') {
        end++;
      }
      return Math.min(text.length(), end + 1);
    }
    if (kind == ']' || kind == 'P' || kind == '^' || kind == '_' || kind == 'X') {
      int end = at + 1;
      while (end < text.length() && text.charAt(end) != '\u0007' && text.charAt(end) != ESCAPE) {
        end++;
      }
      boolean closed = end + 1 < text.length() && text.charAt(end) == ESCAPE;
      return Math.min(text.length(), end + (closed ? 2 : 1));
    }
    return kind == '(' || kind == ')' ? Math.min(text.length(), at + 2) : at + 1;
  }
}
