// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

/// What a person sees of a text. Characters that nobody sees can carry words that only a model
/// reads, turn others round, or steer a terminal.
final class VisibleText {

  private VisibleText() {}

  /// Returns `text` without the characters that nobody sees; tabs and line ends stay.
  static String of(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().filter(VisibleText::has).forEach(out::appendCodePoint);
    return out.toString();
  }

  /// Returns whether `c` may stay in a text.
  static boolean has(int c) {
    if (c == '\t' || c == '\n' || c == '\r') {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> !isBlank(c);
    };
  }

  /* Letters and marks that have no shape: fillers, and the 256 selectors of variants, which are
   * enough to spell any byte. */
  private static boolean isBlank(int c) {
    return (c >= 0xFE00 && c <= 0xFE0F)
        || (c >= 0xE0100 && c <= 0xE01EF)
        || (c >= 0x180B && c <= 0x180F)
        || c == 0x034F
        || c == 0x115F
        || c == 0x1160
        || c == 0x17B4
        || c == 0x17B5
        || c == 0x3164
        || c == 0xFFA0;
  }
}
