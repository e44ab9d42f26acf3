// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import java.text.Normalizer;
import java.util.Optional;

/// One word of a rule: literal characters, `*` for any characters, `?` for one where it is allowed.
///
/// A backslash takes the meaning from the next character. Matching takes time linear in the text
/// for each `*`. Immutable; equal when it means the same.
///
/// @param compiled the word with [#ANY] and [#ONE] in place of its wildcards
record TextPattern(String compiled) {

  /// Any characters, none included. No character of Unicode, so never part of a text.
  private static final char ANY = '\uffff';

  /// Exactly one character.
  private static final char ONE = '\ufffe';

  static final TextPattern EVERYTHING = new TextPattern(String.valueOf(ANY));

  /// Which characters are wildcards.
  enum Wildcards {
    NONE,
    STAR,
    STAR_AND_QUESTION_MARK
  }

  /// Returns the pattern that is written as `word`, or empty when a backslash ends it or it holds
  /// what is no character.
  static Optional<TextPattern> of(String word, Wildcards wildcards) {
    StringBuilder compiled = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == ANY || c == ONE) {
        return Optional.empty();
      }
      if (c == '\\' && wildcards != Wildcards.NONE) {
        if (++i == word.length() || word.charAt(i) == ANY || word.charAt(i) == ONE) {
          return Optional.empty();
        }
        compiled.append(word.charAt(i));
      } else if (c == '*' && wildcards != Wildcards.NONE) {
        append(compiled, ANY);
      } else if (c == '?' && wildcards == Wildcards.STAR_AND_QUESTION_MARK) {
        compiled.append(ONE);
      } else {
        compiled.append(c);
      }
    }
    return Optional.of(new TextPattern(compiled.toString()));
  }

  /// Returns the pattern that only `text` matches.
  static TextPattern literal(String text) {
    return new TextPattern(text.replace(ANY, '\ufffd').replace(ONE, '\ufffd'));
  }

  private static void append(StringBuilder compiled, char wildcard) {
    if (compiled.isEmpty() || compiled.charAt(compiled.length() - 1) != wildcard) {
      compiled.append(wildcard);
    }
  }

  /// Returns whether it has no wildcard.
  boolean isLiteral() {
    return compiled.indexOf(ANY) < 0 && compiled.indexOf(ONE) < 0;
  }

  boolean contains(char c) {
    return compiled.indexOf(c) >= 0;
  }

  /// Returns whether `text` matches: exactly when sure, without regard to case and Unicode form
  /// when possible is enough.
  boolean matches(String text, Certainty certainty) {
    if (matches(compiled, text)) {
      return true;
    }
    return certainty == Certainty.POSSIBLE && matches(folded(compiled), folded(text));
  }

  /// Returns whether it is certain that everything `other` matches is matched by this one.
  boolean covers(TextPattern other) {
    // Folding changes the length of what is not ASCII, so there only equality is certain.
    return equals(other)
        || (isPlain()
            && (compiled.indexOf(ONE) < 0 || other.isPlain())
            && matches(compiled, other.compiled));
  }

  private boolean isPlain() {
    for (int i = 0; i < compiled.length(); i++) {
      char c = compiled.charAt(i);
      if (c > '\u007f' && c != ANY && c != ONE) {
        return false;
      }
    }
    return true;
  }

  /* Only the last `*` is ever tried again: an earlier one could not do better. */
  private static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int retry = 0;
    while (t < text.length()) {
      int c = p < pattern.length() ? pattern.charAt(p) : -1;
      if (c == ANY) {
        star = p++;
        retry = t;
      } else if (c == text.charAt(t) || isOne(c, text, t)) {
        t += c == ONE && isPair(text, t) ? 2 : 1;
        p++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == ANY) {
      p++;
    }
    return p == pattern.length();
  }

  /* A text may be another pattern: its `*` stands for more than one character, so `?` is too little. */
  private static boolean isOne(int c, String text, int at) {
    return c == ONE && text.charAt(at) != ANY;
  }

  private static boolean isPair(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1));
  }

  /// Returns `text` decomposed and each character in lower case: the form in which two texts are
  /// the same for a file system that knows neither case nor Unicode form.
  static String folded(String text) {
    String decomposed = isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKD);
    StringBuilder folded = null;
    for (int i = 0; i < decomposed.length(); i++) {
      char c = decomposed.charAt(i);
      char low = Character.toLowerCase(Character.toUpperCase(c));
      if (low != c && folded == null) {
        folded = new StringBuilder(decomposed);
      }
      if (folded != null) {
        folded.setCharAt(i, low);
      }
    }
    return folded == null ? decomposed : folded.toString();
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '\u007f') {
        return false;
      }
    }
    return true;
  }

  /// Returns a text that matches, `filling` in the place of each `*`.
  String example(String filling) {
    StringBuilder example = new StringBuilder();
    for (int i = 0; i < compiled.length(); i++) {
      switch (compiled.charAt(i)) {
        case ANY -> example.append(filling);
        case ONE -> example.append('x');
        default -> example.append(compiled.charAt(i));
      }
    }
    return example.toString();
  }
}
