// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import dev.redoubt.document.TomlTable.Origin;
import dev.redoubt.document.TomlTable.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads one TOML text in a single pass. Recursion is bounded by the depth limit.
final class TomlParser {

  private final TomlText text;
  private final Limits limits;
  private final TomlTable root = new TomlTable(Origin.HEADER, 0, 1);
  private TomlTable current = root;
  private int nodes;

  TomlParser(String text, Limits limits) {
    this.text = new TomlText(text);
    this.limits = limits;
  }

  Node document() throws DocumentException {
    text.skipBlankLines();
    while (!text.atEnd()) {
      if (text.peek() == '[') {
        header();
      } else {
        keyValue(current);
      }
      text.endLine();
      text.skipBlankLines();
    }
    return root.node();
  }

  private void header() throws DocumentException {
    int line = text.line();
    text.expect('[', "a table");
    boolean series = text.peek() == '[';
    if (series) {
      text.expect('[', "a table");
    }
    List<String> path = text.key();
    text.expect(']', "\"]\"");
    if (series) {
      text.expect(']', "\"]]\"");
    }
    TomlTable parent = root;
    for (String name : path.subList(0, path.size() - 1)) {
      parent = step(parent, name, line);
    }
    current =
        series ? appended(parent, path.getLast(), line) : defined(parent, path.getLast(), line);
  }

  private TomlTable step(TomlTable parent, String name, int line) throws DocumentException {
    Object found = parent.entries.get(name);
    return switch (found) {
      case null -> put(parent, name, table(Origin.IMPLIED, parent.depth + 1, line));
      case TomlTable table when table.origin != Origin.INLINE -> table;
      case Series series -> series.tables().getLast();
      default -> throw text.mistake("\"%s\" is already a value".formatted(Size.shorten(name)));
    };
  }

  private TomlTable appended(TomlTable parent, String name, int line) throws DocumentException {
    Object found = parent.entries.get(name);
    TomlTable added = table(Origin.HEADER, parent.depth + 2, line);
    if (found == null) {
      count(line);
      List<TomlTable> tables = new ArrayList<>();
      tables.add(added);
      parent.entries.put(name, new Series(tables, line));
    } else if (found instanceof Series series) {
      series.tables().add(added);
    } else {
      throw text.mistake("\"%s\" is already defined".formatted(Size.shorten(name)));
    }
    return added;
  }

  private TomlTable defined(TomlTable parent, String name, int line) throws DocumentException {
    Object found = parent.entries.get(name);
    if (found == null) {
      return put(parent, name, table(Origin.HEADER, parent.depth + 1, line));
    }
    if (found instanceof TomlTable table && table.origin == Origin.IMPLIED) {
      table.origin = Origin.HEADER;
      table.line = line;
      return table;
    }
    throw text.mistake("\"%s\" is already defined".formatted(Size.shorten(name)));
  }

  private void keyValue(TomlTable table) throws DocumentException {
    int line = text.line();
    List<String> path = text.key();
    text.expect('=', "\"=\"");
    TomlTable holder = table;
    for (String name : path.subList(0, path.size() - 1)) {
      Object found = holder.entries.get(name);
      if (found == null) {
        holder = put(holder, name, table(Origin.DOTTED, holder.depth + 1, line));
      } else if (found instanceof TomlTable inner && inner.origin == Origin.DOTTED) {
        holder = inner;
      } else {
        throw text.mistake("\"%s\" is already defined".formatted(Size.shorten(name)));
      }
    }
    text.skipSpaces();
    Object value = value(holder.depth + 1);
    if (holder.entries.putIfAbsent(path.getLast(), value) != null) {
      throw text.mistake("\"%s\" is already defined".formatted(Size.shorten(path.getLast())));
    }
  }

  private Object value(int depth) throws DocumentException {
    int line = text.line();
    return switch (text.peek()) {
      case '[' -> array(depth, line);
      case '{' -> inline(depth, line);
      case '"', '\'' -> {
        count(line);
        yield new Node.Text(text.string(true), line);
      }
      default -> {
        count(line);
        yield TomlScalar.of(text.bare(), line, text);
      }
    };
  }

  private Node array(int depth, int line) throws DocumentException {
    check(depth, line);
    count(line);
    text.expect('[', "a list");
    List<Node> items = new ArrayList<>();
    text.skipBlankLines();
    while (text.peek() != ']') {
      Object item = value(depth + 1);
      items.add(item instanceof TomlTable table ? table.node() : (Node) item);
      text.skipBlankLines();
      if (text.peek() != ']') {
        text.expect(',', "\",\" or \"]\"");
        text.skipBlankLines();
      }
    }
    text.expect(']', "\"]\"");
    return new Node.Arr(items, line);
  }

  private TomlTable inline(int depth, int line) throws DocumentException {
    TomlTable table = table(Origin.HEADER, depth, line);
    text.expect('{', "a table");
    text.skipBlankLines();
    while (text.peek() != '}') {
      keyValue(table);
      text.skipBlankLines();
      if (text.peek() != '}') {
        text.expect(',', "\",\" or \"}\"");
        text.skipBlankLines();
      }
    }
    text.expect('}', "\"}\"");
    table.origin = Origin.INLINE;
    return table;
  }

  private static TomlTable put(TomlTable parent, String name, TomlTable child) {
    Map<String, Object> entries = parent.entries;
    entries.put(name, child);
    return child;
  }

  private TomlTable table(Origin origin, int depth, int line) throws DocumentException {
    check(depth, line);
    count(line);
    return new TomlTable(origin, depth, line);
  }

  private void check(int depth, int line) throws DocumentException {
    if (depth > limits.depth()) {
      throw new DocumentException(
          line,
          "nested deeper than %d levels".formatted(limits.depth()),
          "flatten the file, or remove it from what is scanned");
    }
  }

  private void count(int line) throws DocumentException {
    if (++nodes > limits.nodes()) {
      throw new DocumentException(
          line,
          "holds more than %,d values".formatted(limits.nodes()),
          "split the file, or remove it from what is scanned");
    }
  }
}
