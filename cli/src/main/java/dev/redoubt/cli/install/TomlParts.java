// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.install;

import dev.redoubt.cli.install.Part.Manner;
import dev.redoubt.cli.install.Part.Member;
import java.util.ArrayList;
import java.util.List;

/// Finds the values in a TOML text.
final class TomlParts {

  private static final String BLANKS = " \t";
  private static final String LINES = " \t\r\n";
  private static final int DEEPEST = 60;

  private final Characters in;
  private final Part.Obj root = new Part.Obj(0, 0, new ArrayList<>());

  private TomlParts(String text) {
    in = new Characters(text);
  }

  /// Returns the tables of `text`. Those of a list of tables are left out.
  ///
  /// @throws NotUnderstoodException if it is no TOML that can be followed
  static Part.Obj of(String text) throws NotUnderstoodException {
    TomlParts parts = new TomlParts(text);
    parts.document();
    return parts.root;
  }

  private void document() throws NotUnderstoodException {
    Part.Obj table = root;
    skipLines();
    while (!in.isOver()) {
      if (in.startsWith("[[")) {
        in.at += 2;
        keys();
        in.expect(']');
        in.expect(']');
        table = new Part.Obj(in.at, in.at, new ArrayList<>());
      } else if (in.peek() == '[') {
        in.next();
        table = below(root, keys());
        in.expect(']');
      } else {
        List<String> keys = keys();
        in.expect('=');
        in.skipBlanks(BLANKS);
        put(table, keys, value(0), Manner.LINE);
      }
      in.skipBlanks(BLANKS);
      if (!in.isOver() && "#\r\n".indexOf(in.peek()) < 0) {
        throw in.wrong("something follows on the line");
      }
      skipLines();
    }
  }

  private void skipLines() {
    in.skipBlanks(LINES);
    while (in.peek() == '#') {
      in.skipLine();
      in.skipBlanks(LINES);
    }
  }

  private List<String> keys() throws NotUnderstoodException {
    List<String> keys = new ArrayList<>();
    do {
      if (!keys.isEmpty()) {
        in.next();
      }
      in.skipBlanks(BLANKS);
      keys.add(key());
      in.skipBlanks(BLANKS);
    } while (in.peek() == '.');
    return keys;
  }

  private String key() throws NotUnderstoodException {
    if (in.peek() == '"') {
      in.next();
      return in.quoted('"', false);
    }
    if (in.peek() == '\'') {
      return literal("'");
    }
    int start = in.at;
    while (Character.isLetterOrDigit(in.peek()) || in.peek() == '_' || in.peek() == '-') {
      in.next();
    }
    if (in.at == start) {
      throw in.wrong("a key is missing");
    }
    return in.since(start);
  }

  private String literal(String quote) throws NotUnderstoodException {
    in.at += quote.length();
    int start = in.at;
    in.skipTo(quote);
    String value = in.since(start);
    in.at += quote.length();
    return value;
  }

  private Part value(int depth) throws NotUnderstoodException {
    if (depth > DEEPEST) {
      throw in.wrong("it is too deep");
    }
    int start = in.at;
    if (in.startsWith("\"\"\"") || in.startsWith("'''")) {
      // As long as nobody writes a command so, what is in it is of no interest.
      literal(in.peek() == '"' ? "\"\"\"" : "'''");
      while (in.peek() == '"' || in.peek() == '\'') {
        in.next();
      }
      return new Part.Other(start, in.at);
    }
    return switch (in.peek()) {
      case '"' -> {
        in.next();
        String value = in.quoted('"', false);
        yield new Part.Text(start, in.at, value);
      }
      case '\'' -> {
        String value = literal("'");
        yield new Part.Text(start, in.at, value);
      }
      case '[' -> array(start, depth);
      case '{' -> table(start, depth);
      default -> {
        while (!in.isOver() && ",]}#\r\n".indexOf(in.peek()) < 0) {
          in.next();
        }
        yield new Part.Other(start, in.at);
      }
    };
  }

  private Part array(int start, int depth) throws NotUnderstoodException {
    List<Part> items = new ArrayList<>();
    in.next();
    skipLines();
    while (in.peek() != ']') {
      items.add(value(depth + 1));
      between(']');
    }
    in.next();
    return new Part.Arr(start, in.at, items);
  }

  private Part table(int start, int depth) throws NotUnderstoodException {
    List<Member> members = new ArrayList<>();
    Part.Obj table = new Part.Obj(start, start, members);
    in.next();
    skipLines();
    while (in.peek() != '}') {
      List<String> keys = keys();
      in.expect('=');
      in.skipBlanks(BLANKS);
      put(table, keys, value(depth + 1), Manner.INLINE);
      between('}');
    }
    in.next();
    return new Part.Obj(start, in.at, members);
  }

  private void between(char end) throws NotUnderstoodException {
    skipLines();
    if (in.peek() != end) {
      in.expect(',');
      skipLines();
    }
  }

  private void put(Part.Obj table, List<String> keys, Part value, Manner manner)
      throws NotUnderstoodException {
    Part.Obj last = below(table, keys.subList(0, keys.size() - 1));
    last.members().add(new Member(keys.getLast(), value, keys.size() > 1 ? Manner.DOTTED : manner));
  }

  private Part.Obj below(Part.Obj table, List<String> keys) throws NotUnderstoodException {
    Part.Obj last = table;
    for (String key : keys) {
      Part found = last.get(key).orElse(null);
      if (found == null) {
        found = new Part.Obj(in.at, in.at, new ArrayList<>());
        last.members().add(new Member(key, found, Manner.DOTTED));
      }
      if (!(found instanceof Part.Obj next)) {
        throw in.wrong("\"%s\" is no table".formatted(key));
      }
      last = next;
    }
    return last;
  }
}
