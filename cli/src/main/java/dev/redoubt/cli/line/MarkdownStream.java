// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;

/// Shows Markdown while it grows, line by line: a line is given on once it is complete, or once it
/// fills the terminal. Without colours the text stays as it was written. For one thread.
final class MarkdownStream {

  private static final String RESET = "\033[0m";

  private final Style style;
  private final int columns;
  private final Consumer<String> lines;
  private final StringBuilder held = new StringBuilder();
  private String fence = "";
  private boolean begun;
  private boolean bold;
  private boolean code;
  private boolean heading;
  private String indent = "";

  /// @param lines is given safe lines
  MarkdownStream(Style style, int columns, Consumer<String> lines) {
    this.style = requireNonNull(style, "style");
    this.columns = columns;
    this.lines = requireNonNull(lines, "lines");
  }

  /// Takes more text, which may end anywhere.
  void more(String text) {
    held.append(text);
    for (int end = held.indexOf("\n"); end >= 0; end = held.indexOf("\n")) {
      String line = held.substring(0, end);
      held.delete(0, end + 1);
      whole(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
    while (style.isColoured() && fence.isEmpty() && held.length() > columns && part()) {
      // A part of a long line is shown as soon as it is full.
    }
  }

  /// Shows what is left.
  void end() {
    if (!held.isEmpty()) {
      String rest = held.toString();
      held.setLength(0);
      whole(rest);
    }
    fence = "";
  }

  private boolean part() {
    int room = columns - 1 - (begun ? indent.length() : 0);
    int at = held.lastIndexOf(" ", Math.min(room, held.length() - 1));
    // A fence, or a mark of two characters, is never taken apart.
    if (at < 1 || held.charAt(0) == '`' || held.charAt(0) == '~') {
      return false;
    }
    String text = held.substring(0, at);
    held.delete(0, at + 1);
    text(text);
    return true;
  }

  private void whole(String line) {
    String bare = line.strip();
    if (!begun && isFence(bare)) {
      fence(bare);
    } else if (fence.isEmpty()) {
      wrapped(line);
      begun = false;
      bold = false;
      code = false;
      heading = false;
      indent = "";
    } else {
      lines.accept(style.isColoured() ? "  " + style.cyan(Style.safe(line)) : Style.safe(line));
    }
  }

  private void wrapped(String line) {
    String rest = line;
    while (style.isColoured()) {
      int room = columns - 1 - (begun ? indent.length() : 0);
      int at = rest.length() > room ? rest.lastIndexOf(' ', room) : -1;
      if (at < 1) {
        break;
      }
      text(rest.substring(0, at));
      rest = rest.substring(at + 1);
    }
    text(rest);
  }

  private boolean isFence(String bare) {
    return fence.isEmpty()
        ? bare.startsWith("```") || bare.startsWith("~~~")
        : bare.startsWith(fence) && bare.replace(fence.substring(0, 1), "").isEmpty();
  }

  private void fence(String bare) {
    boolean opens = fence.isEmpty();
    fence = opens ? bare.substring(0, 3) : "";
    if (style.isColoured()) {
      String named = bare.substring(opens ? 3 : 0).strip();
      if (opens && !named.isEmpty()) {
        lines.accept(style.dim("  " + Style.safe(named)));
      }
    } else {
      lines.accept(Style.safe(bare));
    }
  }

  /* One row of a line of text. */
  private void text(String row) {
    if (!style.isColoured()) {
      lines.accept(Style.safe(row));
      return;
    }
    String shown = begun ? row : opened(row);
    boolean first = !begun;
    begun = true;
    lines.accept((first ? "" : indent) + inline(shown));
  }

  /* What a line begins with says what it is. */
  private String opened(String row) {
    String bare = row.stripLeading();
    String before = row.substring(0, row.length() - bare.length());
    if (bare.matches("#{1,6} .*")) {
      heading = true;
      return bare.replaceFirst("^#{1,6} +", "");
    }
    if (bare.startsWith("- ") || bare.startsWith("* ") || bare.startsWith("+ ")) {
      indent = before + "  ";
      return before + "• " + bare.substring(2);
    }
    int digits = 0;
    while (digits < bare.length() && Character.isDigit(bare.charAt(digits))) {
      digits++;
    }
    if (digits > 0 && bare.startsWith(". ", digits)) {
      indent = before + " ".repeat(digits + 2);
    } else if (bare.startsWith("> ")) {
      indent = before + "│ ";
      return before + "│ " + bare.substring(2);
    } else {
      indent = before;
    }
    return row;
  }

  /* Every row opens what is still open and closes all of it, so that rows stand for themselves. */
  private String inline(String row) {
    StringBuilder out = new StringBuilder(now());
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < row.length(); i++) {
      boolean tick = row.charAt(i) == '`';
      boolean stars = !code && row.startsWith("**", i);
      if (!tick && !stars) {
        words.append(row.charAt(i));
        continue;
      }
      out.append(Style.safe(words.toString()));
      words.setLength(0);
      code ^= tick;
      bold ^= stars;
      i += stars ? 1 : 0;
      out.append(RESET).append(now());
    }
    out.append(Style.safe(words.toString()));
    String open = now();
    return open.isEmpty() && out.indexOf("\033") < 0 ? out.toString() : out + RESET;
  }

  private String now() {
    return (bold || heading ? "\033[1m" : "") + (code ? "\033[36m" : "");
  }
}
