// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import java.util.List;

/// Writes words so that a POSIX shell reads exactly them.
final class ShellWords {

  private static final String PLAIN = "_-./:=@%+,";

  private ShellWords() {}

  /// Returns `word` in quotes where it needs them.
  ///
  /// @throws IllegalArgumentException if it has a NUL, which no shell can hold, or half a character
  static String quoted(String word) {
    boolean plain = !word.isEmpty();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      plain &= c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
      if (c == 0) {
        throw new IllegalArgumentException("a word with a NUL cannot be passed on");
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == word.length()
            || !Character.isLowSurrogate(word.charAt(i + 1))) {
          throw new IllegalArgumentException("a word with half a character cannot be passed on");
        }
        i++;
      }
    }
    return plain ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /// Returns all of them, with blanks between.
  static String quoted(List<String> words) {
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      text.append(text.isEmpty() ? "" : " ").append(quoted(word));
    }
    return text.toString();
  }
}
