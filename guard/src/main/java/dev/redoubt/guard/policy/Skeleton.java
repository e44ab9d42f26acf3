// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import java.text.Normalizer;

/// What a name looks like: two names with one skeleton are told apart by nobody.
///
/// Without what is not seen and without accents, in lower case, and with the Latin letter in the
/// place of each letter of another script that is drawn like it. After the confusable characters of
/// Unicode Technical Standard 39, those of scripts in use.
public final class Skeleton {

  /* Each other letter and then the one it is drawn like. */
  private static final String LOOKALIKES =
      // Cyrillic
      "аaвbсcԁdеeһhіiјjкkӏlмmнhоoрpԛqгrѕsтtѵvԝwхxуyүyҽeԍgьbєeпnзzшw"
          // Greek
          + "αaβbγyεeζzηnιiκkμuνvοoρpσoτtυuχxωwςcϳj"
          // Armenian, Cherokee and letters of Latin that are seldom told apart
          + "օoսuոnհhյjցgզqաwꭵiꮃwꭺaꮯcꭼeꮋhꮖiꭻjꮶkꮮlꮇmꮲpꮪsꭲtꮩvꮓzɑaɡgɩiʟlɴnʀrꜱsʏyƅbɗdƙkɭlɱmɳnƿp"
          // Dashes, strokes and dots
          + "‐-‒-–-—-−-⁃-˗-⁄/∕/⧸/。.·.";

  private Skeleton() {}

  /// Returns the skeleton of `text`. Safe to call from several threads.
  public static String of(String text) {
    if (isPlain(text)) {
      return text;
    }
    String decomposed = Normalizer.normalize(ArgumentMatcher.visible(text), Normalizer.Form.NFKD);
    StringBuilder skeleton = new StringBuilder(decomposed.length());
    for (int i = 0; i < decomposed.length(); i++) {
      char c = decomposed.charAt(i);
      char low = Character.toLowerCase(Character.toUpperCase(c));
      int type = Character.getType(c);
      if (type != Character.NON_SPACING_MARK && type != Character.ENCLOSING_MARK) {
        skeleton.append(like(low));
      }
    }
    return skeleton.toString();
  }

  private static char like(char c) {
    if (c <= 0x7f) {
      return c;
    }
    for (int i = 0; i < LOOKALIKES.length(); i += 2) {
      if (LOOKALIKES.charAt(i) == c) {
        return LOOKALIKES.charAt(i + 1);
      }
    }
    return c;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0x7e || c < ' ' || (c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return true;
  }
}
