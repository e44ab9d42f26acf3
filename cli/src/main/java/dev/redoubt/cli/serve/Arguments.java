// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.serve;

import dev.redoubt.document.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compares arguments with the schemas of the tools here: properties of simple types, none of them
/// unknown, the required ones there, within their limits.
final class Arguments {

  private static final int LONGEST = 64 << 10;

  private Arguments() {}

  /// Returns what is wrong, in words for whoever called; empty when nothing is.
  static Optional<String> mistake(Node schema, Node arguments) {
    Map<String, Node> properties = schema.fields("properties");
    for (Map.Entry<String, Node> argument : arguments.fields().entrySet()) {
      Node property = properties.get(argument.getKey());
      if (property == null) {
        return Optional.of("there is no argument \"%s\"".formatted(argument.getKey()));
      }
      Optional<String> wrong = wrong(property, argument.getValue());
      if (wrong.isPresent()) {
        return Optional.of("\"%s\" %s".formatted(argument.getKey(), wrong.get()));
      }
    }
    for (Node required : schema.items("required")) {
      if (arguments.get(required.scalar().orElse("")).isEmpty()) {
        return Optional.of("\"%s\" is missing".formatted(required.scalar().orElse("")));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> wrong(Node property, Node value) {
    return switch (property.text("type").orElse("")) {
      case "string" -> text(property, value);
      case "integer" -> number(property, value);
      case "boolean" ->
          value instanceof Node.Bool ? Optional.empty() : Optional.of("is not true or false");
      default -> value instanceof Node.Obj ? Optional.empty() : Optional.of("is no object");
    };
  }

  private static Optional<String> text(Node property, Node value) {
    if (!(value instanceof Node.Text(String text, int _))) {
      return Optional.of("is no text");
    }
    if (text.isEmpty() || text.length() > LONGEST || text.indexOf('\0') >= 0) {
      return Optional.of("is empty, longer than %d characters or holds a NUL".formatted(LONGEST));
    }
    List<String> words =
        property.items("enum").stream().flatMap(word -> word.scalar().stream()).toList();
    return words.isEmpty() || words.contains(text)
        ? Optional.empty()
        : Optional.of("is not one of " + String.join(", ", words));
  }

  private static Optional<String> number(Node property, Node value) {
    long least = number(property, "minimum", 0);
    long most = number(property, "maximum", Integer.MAX_VALUE);
    if (value instanceof Node.Num(String literal, int _) && literal.matches("[0-9]{1,9}")) {
      long given = Long.parseLong(literal);
      if (given >= least && given <= most) {
        return Optional.empty();
      }
    }
    return Optional.of("is no whole number from %d to %d".formatted(least, most));
  }

  /// Returns the number `key`, which was compared with its schema.
  static int number(Node arguments, String key, int otherwise) {
    return arguments.scalar(key).map(Integer::parseInt).orElse(otherwise);
  }

  /// Returns the text `key`.
  static Optional<String> text(Node arguments, String key) {
    return arguments.text(key);
  }
}
