// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Node;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The text of a policy file, to say where a mistake is.
///
/// The tree of the file knows lines; the column is found by reading that line again. When a key
/// stands twice in one line the first is shown.
final class PolicyText {

  private final String name;
  private final List<String> lines;

  PolicyText(String name, byte[] bytes) {
    this.name = requireNonNull(name, "name");
    this.lines = List.of(new String(bytes, StandardCharsets.UTF_8).split("\n", -1));
  }

  String name() {
    return name;
  }

  /// Returns the error of a file that is no TOML.
  RedoubtException malformed(DocumentException cause) {
    StringBuilder at = new StringBuilder(name);
    if (cause.line() != null) {
      at.append(':').append(cause.line());
      if (cause.column() != null) {
        at.append(':').append(cause.column());
      }
    }
    return new RedoubtException(ErrorCode.USAGE, at + ": " + cause.getMessage(), cause);
  }

  /// Returns the error that a key of a table is wrong.
  RedoubtException atKey(Node value, String key, String message) {
    int column = keyColumn(line(value.line()), key);
    return at(value.line(), column < 0 ? first(line(value.line())) : column, message);
  }

  /// Returns the error that the value of `key` is wrong.
  RedoubtException atValue(Node value, String key, String message) {
    String line = line(value.line());
    int column = -1;
    if (value instanceof Node.Text(String text, int _) && !text.isEmpty()) {
      int found = line.indexOf(text);
      column = found > 0 && isQuote(line.charAt(found - 1)) ? found - 1 : found;
    }
    if (column < 0) {
      int at = keyColumn(line, key);
      int equals = at < 0 ? -1 : line.indexOf('=', at);
      column = equals < 0 ? Math.max(at, -1) : after(line, equals + 1);
    }
    return at(value.line(), column < 0 ? first(line) : column, message);
  }

  /// Returns the error that something is wrong with a whole table.
  RedoubtException atTable(Node table, String message) {
    return at(table.line(), first(line(table.line())), message);
  }

  private RedoubtException at(int line, int column, String message) {
    return new RedoubtException(
        ErrorCode.USAGE, "%s:%d:%d: %s".formatted(name, line, column + 1, message));
  }

  /// Checks that `table` has no other keys than `valid`.
  void checkKeys(Node table, List<String> valid, String prefix) {
    for (Map.Entry<String, Node> entry : table.fields().entrySet()) {
      if (!valid.contains(entry.getKey())) {
        String nearest =
            PolicyKeys.nearest(entry.getKey(), valid)
                .map(key -> "did you mean \"%s\"?".formatted(key))
                .orElse("valid here: " + String.join(", ", valid));
        throw atKey(
            entry.getValue(),
            entry.getKey(),
            "there is no key \"%s%s\"; %s".formatted(prefix, entry.getKey(), nearest));
      }
    }
  }

  /// Returns the text at `key`, which is not blank.
  String text(Node value, String key) {
    if (!(value instanceof Node.Text(String text, int _))) {
      throw atValue(value, key, "\"%s\" is not a text".formatted(key));
    }
    if (text.isBlank()) {
      throw atValue(value, key, "\"%s\" is empty".formatted(key));
    }
    return text;
  }

  /// Returns the items of a list that is not empty, or the one value that stands in its place.
  List<Node> oneOrMore(Node value, String key) {
    if (!(value instanceof Node.Arr(List<Node> items, int _))) {
      return List.of(value);
    }
    if (items.isEmpty()) {
      throw atValue(value, key, "\"%s\" is an empty list, which would mean nothing".formatted(key));
    }
    return items;
  }

  private String line(int number) {
    return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
  }

  private static int first(String line) {
    return after(line, 0);
  }

  private static int after(String line, int start) {
    int at = start;
    while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
      at++;
    }
    return at < line.length() ? at : Math.max(0, start - 1);
  }

  /* Looks at words outside of strings that stand before "=", "." or "]". */
  private static int keyColumn(String line, String key) {
    int at = 0;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c == '#') {
        return -1;
      }
      int end = isQuote(c) ? stringEnd(line, at) : wordEnd(line, at);
      String word =
          isQuote(c) ? line.substring(at + 1, Math.max(at + 1, end - 1)) : line.substring(at, end);
      if (word.equals(key) && isKeyEnd(line, end)) {
        return at;
      }
      at = Math.max(at + 1, end);
    }
    return -1;
  }

  private static boolean isKeyEnd(String line, int at) {
    int next = after(line, at);
    return next >= at && next < line.length() && "=.]".indexOf(line.charAt(next)) >= 0;
  }

  private static int stringEnd(String line, int start) {
    char quote = line.charAt(start);
    int at = start + 1;
    while (at < line.length() && line.charAt(at) != quote) {
      at += line.charAt(at) == '\\' && quote == '"' ? 2 : 1;
    }
    return Math.min(line.length(), at + 1);
  }

  private static int wordEnd(String line, int start) {
    int at = start;
    while (at < line.length() && " \t=.,[]{}#\"'".indexOf(line.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  /// Returns the texts of a list or of one value.
  List<String> texts(Node value, String key) {
    List<String> texts = new ArrayList<>();
    for (Node item : oneOrMore(value, key)) {
      texts.add(text(item, key));
    }
    return texts;
  }
}
