// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import java.util.ArrayList;
import java.util.List;

/// Text laid out for a terminal of a given width.
///
/// Foreign text is made printable here and nowhere else. Lines break at spaces, and inside a word
/// only when the word alone is wider than the page.
final class ConsolePage {

  /// How a piece of text looks on a terminal with colours.
  enum Style {
    PLAIN(""),
    BOLD("\u001b[1m"),
    DIM("\u001b[2m"),
    RED("\u001b[31m"),
    ALARM("\u001b[1;31m"),
    YELLOW("\u001b[33m"),
    GREEN("\u001b[32m");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }

  /// A piece of text in one style.
  record Piece(String text, Style style) {}

  /// A space at which no line breaks.
  static final char STUCK = '\u00a0';

  private static final String RESET = "\u001b[0m";

  private final StringBuilder text = new StringBuilder();
  private final int columns;
  private final boolean colored;

  ConsolePage(int columns, boolean colored) {
    this.columns = columns;
    this.colored = colored;
  }

  static Piece piece(Style style, String text) {
    return new Piece(text, style);
  }

  static Piece plain(String text) {
    return new Piece(text, Style.PLAIN);
  }

  void blank() {
    text.append('\n');
  }

  /// Adds a heading with a blank line above it.
  void heading(String title) {
    text.append('\n');
    line(0, List.of(piece(Style.BOLD, title)));
  }

  /// Adds one line that is never broken.
  void line(int indent, List<Piece> pieces) {
    text.repeat(' ', indent);
    pieces.forEach(piece -> paint(piece.style(), Printable.of(piece.text())));
    text.append('\n');
  }

  /// Adds a line of `start`, `middle` and, at the right edge, `end`. A `middle` that does not fit
  /// becomes a paragraph of its own below.
  ///
  /// @param hang where that paragraph starts
  void spread(List<Piece> start, Piece middle, Piece end, int hang) {
    List<Piece> all = new ArrayList<>(start);
    int used = start.stream().mapToInt(ConsolePage::width).sum() + width(end);
    boolean fits = used + width(middle) + 2 <= columns;
    if (fits) {
      all.add(middle);
      used += width(middle);
    }
    all.add(plain(" ".repeat(Math.max(2, columns - used))));
    all.add(end);
    line(0, all);
    if (!fits) {
      paragraph(hang, middle);
    }
  }

  private static int width(Piece piece) {
    return width(Printable.of(piece.text()));
  }

  /// Adds `label` and beside it `value`, broken into as many lines as it takes.
  ///
  /// @param indent where the label starts
  /// @param hang where the value starts
  void entry(int indent, String label, int hang, Piece value) {
    int least = label.isEmpty() ? 0 : 1;
    String gap = " ".repeat(Math.max(least, hang - indent - width(label)));
    String start = " ".repeat(indent) + label + gap;
    int left = indent + width(label) + gap.length();
    for (String line : wrapped(Printable.of(value.text()), columns - left, columns - hang)) {
      text.append(start);
      paint(value.style(), line);
      text.append('\n');
      start = " ".repeat(hang);
    }
  }

  /// Adds a paragraph.
  void paragraph(int indent, Piece value) {
    entry(indent, "", indent, value);
  }

  String text() {
    return text.toString();
  }

  private void paint(Style style, String printable) {
    boolean painted = colored && style != Style.PLAIN && !printable.isBlank();
    text.append(painted ? style.code : "")
        .append(printable.replace(STUCK, ' '))
        .append(painted ? RESET : "");
  }

  private static List<String> wrapped(String value, int first, int rest) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int room = Math.max(10, first);
    int used = 0;
    for (String word : value.split(" ", -1)) {
      for (String part : parts(word, Math.max(10, rest))) {
        int width = width(part);
        if (used > 0 && used + 1 + width > room) {
          lines.add(line.toString());
          line.setLength(0);
          room = Math.max(10, rest);
          used = 0;
        }
        line.append(used > 0 ? " " : "").append(part);
        used += (used > 0 ? 1 : 0) + width;
      }
    }
    lines.add(line.toString());
    return lines;
  }

  private static List<String> parts(String word, int most) {
    if (width(word) <= most) {
      return List.of(word);
    }
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int used = 0;
    for (int i = 0; i < word.length(); ) {
      int point = word.codePointAt(i);
      if (used + width(point) > most) {
        parts.add(part.toString());
        part.setLength(0);
        used = 0;
      }
      part.appendCodePoint(point);
      used += width(point);
      i += Character.charCount(point);
    }
    parts.add(part.toString());
    return parts;
  }

  /// Returns how many columns `printable` takes.
  static int width(String printable) {
    return printable.codePoints().map(ConsolePage::width).sum();
  }

  private static int width(int point) {
    if (point < 0x300) {
      return 1;
    }
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
      default ->
          switch (Character.UnicodeScript.of(point)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, YI, BOPOMOFO -> 2;
            default -> point >= 0x1F300 && point <= 0x1FAFF ? 2 : 1;
          };
    };
  }
}
