// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import java.util.Set;

/// Brings a piece of text from outside onto one line: without tags, without what nobody sees, and
/// without characters that would make it look like something else.
final class PlainLine {

  private static final Set<String> RAW = Set.of("script", "style", "textarea", "iframe", "noembed");
  private static final Set<String> INSIDE =
      Set.of("a", "b", "code", "em", "font", "i", "mark", "s", "span", "strong", "u", "wbr");

  private PlainLine() {}

  /// Returns what a person would read of `text`, which may be HTML; in time that goes with its
  /// length.
  static String of(String text) {
    HtmlTags tags = new HtmlTags(text);
    StringBuilder seen = new StringBuilder();
    while (tags.next()) {
      switch (tags.kind()) {
        case TEXT -> seen.append(HtmlTags.decoded(tags.text()));
        case OPEN -> open(tags, seen);
        case CLOSE -> space(tags, seen);
      }
    }
    return collapsed(seen);
  }

  private static void open(HtmlTags tags, StringBuilder seen) {
    String name = tags.name();
    if (RAW.contains(name)) {
      tags.raw(name);
    } else if (tags.isHidden()) {
      tags.skip(name);
    } else {
      space(tags, seen);
    }
  }

  private static void space(HtmlTags tags, StringBuilder seen) {
    if (!INSIDE.contains(tags.name())) {
      seen.append(' ');
    }
  }

  private static String collapsed(CharSequence text) {
    StringBuilder line = new StringBuilder();
    boolean[] space = {true};
    text.codePoints()
        .forEach(c -> {
          if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
            line.append(space[0] ? "" : " ");
            space[0] = true;
          } else if (isSeen(c)) {
            line.appendCodePoint(c);
            space[0] = false;
          }
        });
    return line.toString().stripTrailing();
  }

  /* Characters that nobody sees can carry words or turn them round. */
  private static boolean isSeen(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
