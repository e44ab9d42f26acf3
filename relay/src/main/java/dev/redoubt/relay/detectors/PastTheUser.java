// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import static dev.redoubt.relay.detectors.Meaning.*;

import dev.redoubt.relay.detectors.Advice.Heard;

/// Finds what is to happen behind the back of the person in front: not to tell, or to act unseen.
final class PastTheUser {

  private static final int NEAR = 60;
  private static final String[] PEOPLE =
      folded(
          "user",
          "human",
          "person",
          "nutzer",
          "utilisateur",
          "usuario",
          "utente",
          "gebruiker",
          "användar",
          "bruger",
          "bruker",
          "użytkown",
          "uživatel",
          "utilizator",
          "felhasznal",
          "käyttäj",
          "пользовател",
          "користувач",
          "потребител",
          "χρηστη",
          "kullanıcı",
          "المستخدم",
          "کاربر",
          "משתמש",
          "उपयोगकर्ता",
          "用户",
          "用戶",
          "ユーザー",
          "사용자",
          "người dùng",
          "pengguna",
          "ผู้ใช้");
  private static final String[] UNSEEN =
      folded(
          "secretly",
          "covertly",
          "silently",
          "quietly",
          "heimlich",
          "discrètement",
          "en secret",
          "secretamente",
          "en secreto",
          "segretamente",
          "stiekem",
          "potajemnie",
          "тайно",
          "втайне",
          "незаметно",
          "gizlice",
          "偷偷",
          "悄悄",
          "こっそり",
          "몰래",
          "diam-diam");
  private static final String[] NOBODY = {"nobody ", "no one "};

  private PastTheUser() {}

  private static String[] folded(String... words) {
    String[] out = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      out[i] = Folding.fold(words[i]);
    }
    return out;
  }

  /// Returns whether `text`, which is folded, does.
  static boolean isSpoken(Heard heard, String text) {
    for (int tell : heard.of(TELL)) {
      if (isKept(heard, text, tell)) {
        return true;
      }
    }
    for (int hide : heard.of(HIDE)) {
      int to = Math.min(text.length(), hide + NEAR);
      if (has(text, Math.max(0, hide - 25), to, PEOPLE) && !heard.isIn(hide, to, SECRET)) {
        return true;
      }
    }
    return isUnseen(heard, text) || isForNobody(text);
  }

  /* "Do not mention this to the user"; not "never reveal a password", "never delete without". */
  private static boolean isKept(Heard heard, String text, int tell) {
    int from = Advice.sentence(text, tell);
    int not = -1;
    int negations = 0;
    for (int at : heard.of(NOT)) {
      if (at >= from && at < tell) {
        negations++;
        not = at;
      }
    }
    int to = end(text, tell);
    return negations == 1
        && tell - not < 25
        && has(text, tell, to, PEOPLE)
        && !heard.isIn(not, to, SECRET);
  }

  private static int end(String text, int from) {
    int at = from;
    while (at < text.length() && at - from < NEAR && ".!?;".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static boolean isUnseen(Heard heard, String text) {
    for (String word : UNSEEN) {
      int at = text.indexOf(word);
      for (int met = 0; at >= 0 && met < NEAR; met++) {
        int end = at + word.length();
        boolean acts =
            heard.isIn(end, end + 3, SEND)
                || heard.isIn(end, end + 3, CARRY)
                || heard.isIn(end, end + 3, READ);
        boolean given =
            heard.isIn(end, end + NEAR, SINK)
                || heard.isIn(end, end + NEAR, FILE)
                || heard.isIn(end, end + NEAR, SECRET)
                || heard.isIn(end, end + NEAR, CHAT);
        if (acts && given) {
          return true;
        }
        at = text.indexOf(word, end);
      }
    }
    return false;
  }

  private static boolean isForNobody(String text) {
    for (String word : NOBODY) {
      int at = text.indexOf(word);
      if (at >= 0) {
        String behind = text.substring(at, Math.min(text.length(), at + 40));
        boolean duty =
            behind.contains(" has to ")
                || behind.contains(" must ")
                || behind.contains(" should ")
                || behind.contains(" needs to ");
        if (duty && (behind.contains(" know") || behind.contains(" notice"))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean has(String text, int from, int to, String[] words) {
    String part = text.substring(from, to);
    for (String word : words) {
      if (part.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
