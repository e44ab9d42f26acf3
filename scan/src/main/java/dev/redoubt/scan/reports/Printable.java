// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import java.util.Locale;

/// Makes foreign text safe to print.
///
/// A scanned file decides what is in a name; a terminal or a reader must see it, not obey it.
/// Control characters (C0, DEL, C1), bidirectional controls, invisible format characters, private
/// use and lone surrogates become `<U+XXXX>`.
final class Printable {

  private Printable() {}

  static String of(String text) {
    int first = firstUnsafe(text);
    if (first < 0) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, first);
    text.codePoints()
        .skip(text.codePointCount(0, first))
        .forEach(point -> {
          if (isUnsafe(point)) {
            safe.append(String.format(Locale.ROOT, "<U+%04X>", point));
          } else {
            safe.appendCodePoint(point);
          }
        });
    return safe.toString();
  }

  private static int firstUnsafe(String text) {
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      if (isUnsafe(point)) {
        return i;
      }
      i += Character.charCount(point);
    }
    return -1;
  }

  private static boolean isUnsafe(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> point == 0x3164 || point == 0x115F || point == 0x1160 || point == 0xFFA0;
    };
  }
}
