// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// Reads TOML 1.0.
///
/// Dates and times become texts in their ISO form. Nesting of arrays and inline tables is counted
/// before the parser, which recurses, sees the text.
public final class Toml {

  private Toml() {}

  /// Returns the tree of `document`.
  ///
  /// @throws DocumentException if it is malformed, no UTF-8 or over a limit
  public static Node read(byte[] document, Limits limits) throws DocumentException {
    Size.check(document, limits);
    String text = decode(document);
    checkNesting(text, limits);
    TomlParseResult result = org.tomlj.Toml.parse(text);
    if (result.hasErrors()) {
      TomlParseError error = result.errors().getFirst();
      throw new DocumentException(
          error.position().line(),
          "is not TOML: " + Size.shorten(String.valueOf(error.getMessage())),
          "correct the file");
    }
    return table(result, 1);
  }

  private static String decode(byte[] document) throws DocumentException {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      DocumentException malformed =
          new DocumentException(null, "is not UTF-8", "save the file as UTF-8");
      malformed.initCause(e);
      throw malformed;
    }
  }

  /* Brackets inside strings count too: a string would have to nest 200 of them to be refused wrongly,
  and a bracket closed in a string cannot hide one that is open outside, since the count never falls
  below zero. */
  private static void checkNesting(String text, Limits limits) throws DocumentException {
    int depth = 0;
    int line = 1;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\n' -> line++;
        case '[', '{' -> {
          if (++depth > limits.depth()) {
            throw new DocumentException(
                line,
                "nested deeper than %d levels".formatted(limits.depth()),
                "flatten the file, or remove it from what is scanned");
          }
        }
        case ']', '}' -> depth = Math.max(0, depth - 1);
        default -> {}
      }
    }
  }

  private static Node table(TomlTable table, int line) {
    Map<String, Node> fields = new LinkedHashMap<>();
    for (String key : table.keySet()) {
      List<String> path = List.of(key);
      TomlPosition position = table.inputPositionOf(path);
      Object value = table.get(path);
      if (value != null) {
        fields.put(key, value(value, position == null ? line : position.line()));
      }
    }
    return new Node.Obj(fields, line);
  }

  private static Node value(Object value, int line) {
    return switch (value) {
      case TomlTable table -> table(table, line);
      case TomlArray array -> {
        List<Node> items = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
          TomlPosition position = array.inputPositionOf(i);
          items.add(value(array.get(i), position == null ? line : position.line()));
        }
        yield new Node.Arr(items, line);
      }
      case String text -> new Node.Text(text, line);
      case Boolean bool -> new Node.Bool(bool, line);
      case Number number -> new Node.Num(number.toString(), line);
      default -> new Node.Text(value.toString(), line);
    };
  }
}
