// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

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

  /// Returns what is spelled in `text` by characters that are not drawn: copies of ASCII among the
  /// tags, bytes in variation selectors, bits in two kinds of zero-width characters. Empty when
  /// that spells nothing a person could read.
  static String payload(String text) {
    StringBuilder tags = new StringBuilder();
    StringBuilder selected = new StringBuilder();
    StringBuilder bits = new StringBuilder();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c < 0x200B) {
        continue;
      }
      if (isTag(c)) {
        tags.append(c >= 0xE0020 && c < 0xE007F ? (char) (c - 0xE0000) : ' ');
      } else if (c >= 0xFE00 && c <= 0xFE0F) {
        selected.append((char) (c - 0xFE00));
      } else if (c >= 0xE0100 && c <= 0xE01EF) {
        selected.append((char) (c - 0xE0100 + 16));
      } else if (isZeroWidth(c)) {
        bits.append((char) c);
      }
    }
    String zero = bits.length() < 32 ? "" : bits(bits);
    return (readable(tags) + " " + readable(selected) + " " + zero).strip();
  }

  private static String bits(StringBuilder marks) {
    char first = marks.charAt(0);
    StringBuilder one = new StringBuilder();
    StringBuilder other = new StringBuilder();
    int value = 0;
    for (int i = 0; i < marks.length(); i++) {
      value = (value << 1 | (marks.charAt(i) == first ? 0 : 1)) & 0xFF;
      if (i % 8 == 7) {
        one.append((char) value);
        other.append((char) (~value & 0xFF));
      }
    }
    String read = readable(one);
    return read.isEmpty() ? readable(other) : read;
  }

  private static String readable(StringBuilder text) {
    int letters = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      letters +=
          c == ' ' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ? 1 : 0;
    }
    return text.length() >= 4 && letters * 10 >= text.length() * 7 ? text.toString() : "";
  }
}
