// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.install;

import dev.redoubt.cli.install.Part.Manner;
import dev.redoubt.cli.install.Part.Member;
import java.util.ArrayList;
import java.util.List;

/// Finds the values in a JSON text with the comments and last commas that configurations have.
final class JsonParts {

  private static final String BLANKS = " \t\r\n\uFEFF";
  private static final int DEEPEST = 60;

  private final Characters in;

  private JsonParts(String text) {
    in = new Characters(text);
  }

  /// Returns the value of `text`.
  ///
  /// @throws NotUnderstoodException if it is no JSON of that kind
  static Part of(String text) throws NotUnderstoodException {
    JsonParts parts = new JsonParts(text);
    parts.skip();
    Part value = parts.value(0);
    parts.skip();
    if (!parts.in.isOver()) {
      throw parts.in.wrong("something follows the value");
    }
    return value;
  }

  private Part value(int depth) throws NotUnderstoodException {
    if (depth > DEEPEST) {
      throw in.wrong("it is too deep");
    }
    int start = in.at;
    return switch (in.peek()) {
      case '{' -> object(start, depth);
      case '[' -> array(start, depth);
      case '"' -> {
        in.next();
        String value = in.quoted('"', false);
        yield new Part.Text(start, in.at, value);
      }
      default -> {
        while (Character.isLetterOrDigit(in.peek()) || "+-._".indexOf(in.peek()) >= 0) {
          in.next();
        }
        if (in.at == start) {
          throw in.wrong("a value is missing");
        }
        yield new Part.Other(start, in.at);
      }
    };
  }

  private Part object(int start, int depth) throws NotUnderstoodException {
    List<Member> members = new ArrayList<>();
    in.next();
    skip();
    while (in.peek() != '}') {
      in.expect('"');
      String key = in.quoted('"', false);
      skip();
      in.expect(':');
      skip();
      members.add(new Member(key, value(depth + 1), Manner.JSON));
      between('}');
    }
    in.next();
    return new Part.Obj(start, in.at, members);
  }

  private Part array(int start, int depth) throws NotUnderstoodException {
    List<Part> items = new ArrayList<>();
    in.next();
    skip();
    while (in.peek() != ']') {
      items.add(value(depth + 1));
      between(']');
    }
    in.next();
    return new Part.Arr(start, in.at, items);
  }

  private void between(char end) throws NotUnderstoodException {
    skip();
    if (in.peek() != end) {
      in.expect(',');
      skip();
    }
  }

  private void skip() throws NotUnderstoodException {
    in.skipBlanks(BLANKS);
    while (in.startsWith("//") || in.startsWith("/*")) {
      if (in.startsWith("//")) {
        in.skipLine();
      } else {
        in.at += 2;
        in.skipTo("*/");
        in.at += 2;
      }
      in.skipBlanks(BLANKS);
    }
  }
}
