// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import java.text.Normalizer;

/// Writes a text the way the words of [Lexicon] are written: compatible characters made one, small
/// letters, no accents, no invisible characters, one blank between words.
///
/// Letters of another alphabet that only look Latin become Latin inside a word that is Latin for
/// the rest. Copies of ASCII among the tags become ASCII. Linear in the text.
final class Folding {

  /* Greek and Cyrillic letters that are drawn like a Latin one, and the Latin one. */
  private static final String LOOKS =
      "аaеeоoрpсcуyхxіiјjѕsԁdһhӏlѵvԛqԝwкkмmтtвbнhαaοoνvρpτtυuιiκkεeηn";
  /* Small capitals of the phonetic alphabet. */
  private static final String SMALL_CAPITALS =
      "ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpǫqʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzıi";

  private Folding() {}

  /// Returns `text` folded.
  static String fold(String text) {
    boolean plain = isAscii(text);
    String source = plain ? text : Normalizer.normalize(text, Normalizer.Form.NFKD);
    StringBuilder out = new StringBuilder(source.length());
    boolean blank = true;
    for (int i = 0; i < source.length(); ) {
      int c = source.codePointAt(i);
      i += Character.charCount(c);
      int folded = c < 0x80 ? ascii(c) : other(c);
      if (folded == ' ') {
        if (!blank) {
          out.append(' ');
        }
        blank = true;
      } else if (folded >= 0) {
        out.appendCodePoint(folded);
        blank = false;
      }
    }
    if (!plain) {
      latinWords(out);
    }
    return out.toString();
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static int ascii(int c) {
    if (c <= ' ') {
      return ' ';
    }
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  }

  private static int other(int c) {
    if (Invisible.isTag(c)) {
      int copied = c - 0xE0000;
      return copied >= 0x20 && copied < 0x7F ? ascii(copied) : -1;
    }
    if (Invisible.isInvisible(c) || c == 0xAD || c == 0x34F || isMark(c)) {
      return -1;
    }
    if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      return ' ';
    }
    int small = Character.toLowerCase(c);
    return switch (small) {
      case 0x2018, 0x2019, 0x2BC, 0x60, 0xB4 -> '\'';
      case 0x201C, 0x201D, 0x201E -> '"';
      case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212 -> '-';
      default -> isSmallCapital(small) ? look(SMALL_CAPITALS, small) : small;
    };
  }

  private static boolean isSmallCapital(int c) {
    return (c >= 0x1D00 && c <= 0x1D7F)
        || (c >= 0x250 && c <= 0x2AF)
        || c == 0x131
        || c == 0x1EB
        || (c >= 0xA720 && c <= 0xA7FF);
  }

  /* Accents, the vowel signs of Arabic and Hebrew, and the stroke that only makes a word longer. */
  private static boolean isMark(int c) {
    return (c >= 0x300 && c <= 0x36F)
        || (c >= 0x591 && c <= 0x5C7 && Character.getType(c) == Character.NON_SPACING_MARK)
        || (c >= 0x64B && c <= 0x65F)
        || c == 0x670
        || c == 0x640;
  }

  private static int look(String pairs, int c) {
    for (int i = 0; i < pairs.length(); i += 2) {
      if (pairs.charAt(i) == c) {
        return pairs.charAt(i + 1);
      }
    }
    return c;
  }

  private static void latinWords(StringBuilder out) {
    int from = 0;
    while (from < out.length()) {
      int to = from;
      boolean latin = false;
      boolean foreign = false;
      while (to < out.length() && Character.isLetter(out.charAt(to))) {
        char c = out.charAt(to++);
        latin |= c < 0x250;
        foreign |= c >= 0x370 && c < 0x530;
      }
      if (latin && foreign) {
        for (int i = from; i < to; i++) {
          out.setCharAt(i, (char) look(LOOKS, out.charAt(i)));
        }
      }
      from = to + 1;
    }
  }
}
