// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

/// Undoes what writes a word so that a person still reads it and a search does not: digits and
/// signs in the place of letters, letters with a blank, dot or hyphen between them.
final class Disguise {

  private static final int LONGEST = 1 << 18;
  private static final int SPACED = 8;

  private Disguise() {}

  /// Returns `text` without its disguise; empty when there is none.
  static String removed(String text) {
    if (text.length() > LONGEST) {
      return "";
    }
    String folded = Folding.fold(text);
    boolean leet = isLeet(folded);
    StringBuilder out = new StringBuilder(folded.length());
    boolean spaced = false;
    int at = 0;
    while (at < folded.length()) {
      int end = spacedEnd(folded, at);
      if (end > at) {
        spaced = true;
        for (int i = at; i < end; ) {
          out.append(leet ? letter(folded.charAt(i)) : folded.charAt(i));
          i = gap(folded, i + 1);
        }
        out.append(' ');
        at = end;
      } else {
        out.append(leet ? letter(folded.charAt(at)) : folded.charAt(at));
        at++;
      }
    }
    return leet || spaced ? (spaced ? withBlanks(out) : out.toString()) : "";
  }

  /* Where a row of single letters with something between them ends; `from` when there is none. */
  private static int spacedEnd(String text, int from) {
    if (!Character.isLetterOrDigit(text.charAt(from))
        || (from > 0 && Character.isLetterOrDigit(text.charAt(from - 1)))) {
      return from;
    }
    int letters = 1;
    int at = from + 1;
    while (true) {
      int next = gap(text, at);
      if (next == at
          || next >= text.length()
          || !Character.isLetterOrDigit(text.charAt(next))
          || (next + 1 < text.length() && Character.isLetterOrDigit(text.charAt(next + 1)))) {
        break;
      }
      letters++;
      at = next + 1;
    }
    return letters >= SPACED ? at : from;
  }

  private static int gap(String text, int from) {
    int at = from;
    while (at < text.length() && at - from < 3 && " .-_*|·•/".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  /* Blanks before the words an order is made of, when all of them were lost. */
  private static String withBlanks(StringBuilder run) {
    String text = run.toString();
    for (String word :
        new String[] {
          "ignore", "disregard", "forget", "all", "any", "previous", "prior", "above", "your",
          "instructions", "rules", "system", "prompt", "and", "reveal", "send", "the", "password",
          "do", "not", "tell", "user"
        }) {
      text = text.replace(word, " " + word + " ");
    }
    return text;
  }

  private static boolean isLeet(String text) {
    int mixed = 0;
    for (int i = 1; i + 1 < text.length(); i++) {
      if (letter(text.charAt(i)) != text.charAt(i)
          && isLatin(text.charAt(i - 1))
          && (isLatin(text.charAt(i + 1)) || letter(text.charAt(i + 1)) != text.charAt(i + 1))) {
        mixed++;
      }
    }
    return mixed >= 3;
  }

  private static boolean isLatin(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static char letter(char c) {
    return switch (c) {
      case '0' -> 'o';
      case '1', '!', '|' -> 'i';
      case '3' -> 'e';
      case '4', '@' -> 'a';
      case '5', '$' -> 's';
      case '7', '+' -> 't';
      case '8' -> 'b';
      default -> c;
    };
  }
}
