// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.http;

import dev.redoubt.document.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which arguments of a tool also stand in the header of a call, because its schema says so with
/// `x-mcp-header`.
///
/// @param mirrored what is mirrored, in the order of the schema
/// @param objection why the tool cannot be used over HTTP; empty when it can
public record ToolHeaders(List<Mirrored> mirrored, String objection) {

  private static final String KEY = "x-mcp-header";
  private static final int DEEPEST = 100;
  private static final int MOST = 64;
  private static final int LONGEST_NAME = 100;
  private static final long MOST_SAFE = (1L << 53) - 1;
  private static final int MOST_DIGITS = 17;

  public ToolHeaders {
    mirrored = List.copyOf(mirrored);
  }

  /// One argument.
  ///
  /// @param path the names that lead to it
  /// @param header the name of the line in the header, after `Mcp-Param-`
  public record Mirrored(List<String> path, String header) {
    public Mirrored {
      path = List.copyOf(path);
    }
  }

  /// Returns what the descriptor `tool` says.
  public static ToolHeaders of(Node tool) {
    Reading reading = new Reading();
    tool.get("inputSchema").ifPresent(schema -> reading.schema(schema, List.of(), 0));
    return new ToolHeaders(
        reading.objection.isEmpty() ? reading.found : List.of(), reading.objection);
  }

  /// Returns the lines of the header of a call with `arguments`.
  List<HttpField> fields(Node arguments) {
    List<HttpField> fields = new ArrayList<>();
    for (Mirrored one : mirrored) {
      Optional<Node> value = Optional.of(arguments);
      for (String name : one.path()) {
        value = value.flatMap(node -> node.get(name));
      }
      value
          .flatMap(ToolHeaders::text)
          .ifPresent(
              text -> fields.add(new HttpField("Mcp-Param-" + one.header(), HeaderValue.of(text))));
    }
    return fields;
  }

  /* What the schema does not allow is the server's to refuse. */
  private static Optional<String> text(Node value) {
    return switch (value) {
      case Node.Text(String text, int _) -> Optional.of(text);
      case Node.Bool(boolean flag, int _) -> Optional.of(Boolean.toString(flag));
      case Node.Num(String literal, int _) -> whole(literal);
      case Node.Nothing _, Node.Obj _, Node.Arr _ -> Optional.empty();
    };
  }

  private static Optional<String> whole(String literal) {
    if (literal.length() > MOST_DIGITS) {
      return Optional.empty();
    }
    try {
      return Math.abs(Long.parseLong(literal)) <= MOST_SAFE
          ? Optional.of(literal)
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /* An annotation counts where a chain of "properties" leads; anywhere else it spoils the tool. */
  private static final class Reading {

    private final List<Mirrored> found = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private String objection = "";

    void schema(Node schema, List<String> path, int depth) {
      if (depth > DEEPEST) {
        object("is too deep");
        return;
      }
      schema.get(KEY).ifPresent(name -> annotated(schema, name, path));
      for (Map.Entry<String, Node> entry : schema.fields().entrySet()) {
        switch (entry.getKey()) {
          case "properties" ->
              entry
                  .getValue()
                  .fields()
                  .forEach((name, child) -> schema(child, longer(path, name), depth + 1));
          // What these hold is data, not schema.
          case KEY, "const", "enum", "default", "examples" -> {}
          default -> elsewhere(entry.getValue(), depth + 1);
        }
      }
    }

    private static List<String> longer(List<String> path, String name) {
      List<String> longer = new ArrayList<>(path);
      longer.add(name);
      return longer;
    }

    private void elsewhere(Node node, int depth) {
      if (depth > DEEPEST) {
        object("is too deep");
      } else if (node instanceof Node.Arr(List<Node> items, int _)) {
        items.forEach(item -> elsewhere(item, depth + 1));
      } else {
        if (node.get(KEY).isPresent()) {
          object("has x-mcp-header where it cannot be found in a call");
        }
        node.fields().values().forEach(child -> elsewhere(child, depth + 1));
      }
    }

    private void annotated(Node schema, Node name, List<String> path) {
      String header = name instanceof Node.Text(String text, int _) ? text : "";
      String type = schema.text("type").orElse("");
      if (path.isEmpty()) {
        object("has x-mcp-header at its root");
      } else if (!isToken(header)) {
        object("has an x-mcp-header that is no name of a header");
      } else if (!type.equals("string") && !type.equals("integer") && !type.equals("boolean")) {
        object("has x-mcp-header at something that is no string, integer or boolean");
      } else if (!names.add(header.toLowerCase(Locale.ROOT))) {
        object("has the x-mcp-header \"%s\" twice".formatted(header));
      } else if (names.size() > MOST) {
        object("has more than %d x-mcp-headers".formatted(MOST));
      } else {
        found.add(new Mirrored(path, header));
      }
    }

    private void object(String words) {
      if (objection.isEmpty()) {
        objection = words;
      }
    }

    private static boolean isToken(String name) {
      return !name.isEmpty()
          && name.length() <= LONGEST_NAME
          && name.chars()
              .allMatch(c -> c > ' ' && c <= '~' && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
    }
  }
}
