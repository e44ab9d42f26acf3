// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.instructions;

/// Knows the characters that a person does not see and a model reads.
final class Invisible {

  private Invisible() {}

  static boolean isInvisible(int c) {
    return isZeroWidth(c) || isBidi(c) || isTag(c) || isVariationSelector(c) || isFiller(c);
  }

  static boolean isZeroWidth(int c) {
    return (c >= 0x200B && c <= 0x200D)
        || c == 0x2060
        || c == 0xFEFF
        || c == 0x180E
        || (c >= 0x2061 && c <= 0x2064);
  }

  /// Returns whether `c` overrides, embeds or isolates a direction.
  static boolean isBidi(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || isMark(c);
  }

  static boolean isMark(int c) {
    return c == 0x200E || c == 0x200F || c == 0x061C;
  }

  static boolean isOverride(int c) {
    return c == 0x202D || c == 0x202E;
  }

  /// Returns whether `c` is a copy of an ASCII character that is never drawn.
  static boolean isTag(int c) {
    return c >= 0xE0000 && c <= 0xE007F;
  }

  static boolean isVariationSelector(int c) {
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
  }

  static boolean isFiller(int c) {
    return c == 0x3164
        || c == 0x115F
        || c == 0x1160
        || c == 0xFFA0
        || (c >= 0xFFF9 && c <= 0xFFFB)
        || (c >= 0x206A && c <= 0x206F);
  }

  /// Returns whether `c` is written from right to left.
  static boolean isRightToLeft(int c) {
    byte direction = Character.getDirectionality(c);
    return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }

  /// Returns whether `c` belongs to a script in which a joiner changes what is drawn.
  static boolean isJoining(int c) {
    return switch (Character.UnicodeScript.of(c)) {
      case ARABIC,
          SYRIAC,
          MONGOLIAN,
          NKO,
          DEVANAGARI,
          BENGALI,
          GURMUKHI,
          GUJARATI,
          ORIYA,
          TAMIL,
          TELUGU,
          KANNADA,
          MALAYALAM,
          SINHALA,
          KHMER,
          MYANMAR,
          THAI,
          LAO,
          TIBETAN ->
          true;
      default -> false;
    };
  }

  /// Returns whether `c` may be part of an emoji, skin tones and the signs that become emoji
  /// included.
  static boolean isPictograph(int c) {
    return Character.isEmoji(c)
        || Character.isEmojiModifier(c)
        || Character.isExtendedPictographic(c)
        || c == 0x20E3;
  }
}
