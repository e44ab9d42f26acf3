// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.inspect;

import dev.redoubt.cli.CommandOutput;
import dev.redoubt.document.Node;
import dev.redoubt.secrets.Redaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Texts that servers wrote, as a person and a terminal may have them.
final class Foreign {

  private Foreign() {}

  /// Returns `text` in one line, cut after `longest` characters.
  static String line(String text, int longest) {
    String flat = text.replaceAll("\\s+", " ").strip();
    return CommandOutput.plain(Redaction.text(cut(flat, longest)));
  }

  /// Returns `text` in lines of at most `width` columns; its own line breaks stay.
  static List<String> lines(String text, int longest, int width) {
    List<String> lines = new ArrayList<>();
    for (String line : cut(Redaction.text(text), longest).split("\r?\n", -1)) {
      wrap(CommandOutput.plain(line.replace("\t", "  ")).stripTrailing(), width, lines);
    }
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return "%s… (%d more characters)".formatted(text.substring(0, end), text.length() - end);
  }

  private static void wrap(String line, int width, List<String> lines) {
    int from = 0;
    int columns = 0;
    int space = -1;
    for (int i = 0; i < line.length(); ) {
      int point = line.codePointAt(i);
      if (columns + columns(point) > width && i > from) {
        int end = space > from ? space : i;
        lines.add(line.substring(from, end));
        from = space > from ? space + 1 : i;
        columns = from > i ? 0 : columns(line.substring(from, i));
        space = -1;
      }
      if (point == ' ') {
        space = i;
      }
      columns += columns(point);
      i += Character.charCount(point);
    }
    lines.add(from < line.length() ? line.substring(from) : "");
  }

  private static int columns(String text) {
    return text.codePoints().map(Foreign::columns).sum();
  }

  /* Two for what East Asian scripts and pictures take, none for marks over the letter before. */
  private static int columns(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        (point >= 0x1100 && point <= 0x115F)
            || (point >= 0x2E80 && point <= 0xA4CF)
            || (point >= 0xAC00 && point <= 0xD7A3)
            || (point >= 0xF900 && point <= 0xFAFF)
            || (point >= 0xFE30 && point <= 0xFE6F)
            || (point >= 0xFF00 && point <= 0xFF60)
            || (point >= 0xFFE0 && point <= 0xFFE6)
            || (point >= 0x1F300 && point <= 0x1FAFF)
            || (point >= 0x20000 && point <= 0x3FFFD);
    return wide ? 2 : 1;
  }

  /// Returns `node` with secrets in its texts masked.
  static Node masked(Node node) {
    return switch (node) {
      case Node.Text(String value, int line) -> new Node.Text(Redaction.text(value), line);
      case Node.Arr(List<Node> items, int line) ->
          new Node.Arr(items.stream().map(Foreign::masked).toList(), line);
      case Node.Obj(Map<String, Node> fields, int line) -> {
        Map<String, Node> masked = new LinkedHashMap<>();
        fields.forEach((key, value) -> masked.put(key, masked(value)));
        yield new Node.Obj(masked, line);
      }
      case Node.Num _, Node.Bool _, Node.Nothing _ -> node;
    };
  }
}
