// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;

/// Reads a sed script for the commands that run, read or write something else.
///
/// Source: sed(1) and the manual of GNU sed 4.9. Stricter than sed: where versions differ in what
/// they read (labels, brackets, continued text), the script is not understood. Not reusable.
final class SedScript {

  private final String text;
  private final Draft draft;
  private int at;
  private boolean labelOnLine;

  private SedScript(String text, Draft draft) {
    this.text = text;
    this.draft = draft;
  }

  /// Adds to `draft` what running `script` leads to.
  static void read(String script, Draft draft) {
    SedScript reading = new SedScript(script, draft);
    if (!reading.commands()) {
      draft.raise(Nature.UNKNOWN, "the sed script is not understood");
    }
  }

  private boolean commands() {
    while (true) {
      skip(" \t;\n");
      if (at == text.length()) {
        return true;
      }
      if (!(peek() == '}' ? close() : address() && command())) {
        return false;
      }
    }
  }

  /// Where a label in front of it takes the brace in, and all up to the next blank or semicolon,
  /// something else follows: `bx}s/a/;e id;/b/`, `bx}#;e id`.
  private boolean close() {
    at++;
    return ends() && !(labelOnLine && peek() == '#');
  }

  private boolean address() {
    if (!oneAddress()) {
      return false;
    }
    skip(" \t");
    if (peek() == ',') {
      at++;
      skip(" \t");
      if (peek() == '+' || peek() == '~') {
        at++;
      }
      if (!oneAddress()) {
        return false;
      }
      skip(" \t");
    }
    skip("! \t");
    return true;
  }

  /// Skips one address, or none.
  private boolean oneAddress() {
    char c = peek();
    if (c == '$') {
      at++;
    } else if (isDigit(c)) {
      digits();
      if (peek() == '~') {
        at++;
        digits();
      }
    } else if (c == '/') {
      at++;
      return regex('/');
    } else if (c == '\\') {
      at++;
      char delimiter = peek();
      at++;
      return isDelimiter(delimiter) && regex(delimiter);
    }
    return true;
  }

  private boolean regex(char delimiter) {
    boolean closed = delimited(delimiter, true);
    skip("IM");
    return closed;
  }

  private boolean command() {
    char c = peek();
    at++;
    return switch (c) {
      case '{' -> true;
      case '#' -> {
        restOfLine();
        yield true;
      }
      case '=', 'd', 'D', 'g', 'G', 'h', 'H', 'n', 'N', 'p', 'P', 'x', 'z', 'F' -> ends();
      case 'l', 'L', 'q', 'Q' -> {
        skip(" \t");
        digits();
        yield ends();
      }
      case ':', 'b', 't', 'T', 'v' -> label();
      case 'a', 'i', 'c' -> addedText();
      case 's' -> substitute();
      case 'y' -> transliterate();
      case 'e' -> execute();
      case 'r', 'R' -> file(Access.READ);
      case 'w', 'W' -> file(Access.WRITE);
      default -> false;
    };
  }

  /// Returns whether the command is over here.
  private boolean ends() {
    skip(" \t");
    return at == text.length() || ";\n}#".indexOf(peek()) >= 0;
  }

  private boolean label() {
    skip(" \t");
    while (at < text.length() && " \t;\n}".indexOf(peek()) < 0) {
      at++;
    }
    // Older and other seds read the label up to the end of the line.
    labelOnLine = true;
    return true;
  }

  /// Skips the text of `a`, `i` and `c`: up to the first line that does not end in a backslash.
  private boolean addedText() {
    if (labelOnLine) {
      return false;
    }
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\\') {
        at++;
      } else if (c == '\n') {
        break;
      }
    }
    at = Math.min(at, text.length());
    return true;
  }

  private boolean substitute() {
    char delimiter = peek();
    at++;
    if (!isDelimiter(delimiter) || !delimited(delimiter, true) || !delimited(delimiter, false)) {
      return false;
    }
    while (at < text.length()) {
      char c = peek();
      if (c == 'e') {
        draft.raise(Nature.CHANGES, "sed s///e runs what it replaced");
      } else if (c == 'w') {
        at++;
        return file(Access.WRITE);
      } else if ("gpiImM".indexOf(c) < 0 && !isDigit(c) && c != ' ' && c != '\t') {
        return ends();
      }
      at++;
    }
    return true;
  }

  private boolean transliterate() {
    char delimiter = peek();
    at++;
    return isDelimiter(delimiter)
        && delimited(delimiter, false)
        && delimited(delimiter, false)
        && ends();
  }

  private boolean execute() {
    skip(" \t");
    String command = restOfLine();
    if (command.isEmpty()) {
      draft.raise(Nature.CHANGES, "sed e runs the lines it reads");
    } else {
      draft.raise(Nature.CHANGES, "sed e runs a command");
      draft.want(new Want.ShellText(new Arg.Known(command)));
    }
    return true;
  }

  private boolean file(Access access) {
    skip(" \t");
    String name = restOfLine();
    if (name.isEmpty()) {
      return false;
    }
    draft.file(access, new Arg.Known(name), "sed w writes a file");
    return true;
  }

  private String restOfLine() {
    int start = at;
    while (at < text.length() && peek() != '\n') {
      at++;
    }
    return text.substring(start, at);
  }

  /// Skips to behind the next `delimiter`; false when there is none, or when it is doubtful where.
  private boolean delimited(char delimiter, boolean regex) {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == delimiter) {
        return true;
      } else if (c == '\n') {
        return false;
      } else if (c == '\\') {
        at++;
      } else if (c == '[' && regex && !bracket()) {
        return false;
      }
    }
    return false;
  }

  /// Skips a bracket expression, in which a delimiter is an ordinary character; false when it holds
  /// what some seds take for its end and some do not.
  private boolean bracket() {
    if (peek() == '^') {
      at++;
    }
    if (peek() == ']') {
      at++;
    }
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == ']') {
        return true;
      } else if (c == '\n' || (c == '\\' && peek() == ']')) {
        return false;
      } else if (c == '\\') {
        at++;
      } else if (c == '[' && peek() == ':') {
        int end = text.indexOf(":]", at + 1);
        if (end < 0) {
          return false;
        }
        at = end + 2;
      }
    }
    return false;
  }

  private void digits() {
    while (isDigit(peek())) {
      at++;
    }
  }

  private void skip(String characters) {
    while (at < text.length() && characters.indexOf(peek()) >= 0) {
      if (peek() == '\n') {
        labelOnLine = false;
      }
      at++;
    }
  }

  private static boolean isDelimiter(char c) {
    return c != '\0' && c != '\n' && c != '\\' && c < 128;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }
}
