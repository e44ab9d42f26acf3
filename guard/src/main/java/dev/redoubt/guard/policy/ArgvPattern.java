// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import java.util.List;

/// The words of a command: one pattern for each, and whether more may follow.
///
/// @param words at least one, unless anything may follow
/// @param rest whether any number of further words may follow
record ArgvPattern(List<TextPattern> words, Rest rest) {

  /// Whether more words may follow.
  enum Rest {
    NOTHING,
    ANYTHING
  }

  ArgvPattern {
    words = List.copyOf(words);
    if (words.isEmpty() && rest == Rest.NOTHING) {
      throw new IllegalArgumentException("a command has at least one word");
    }
  }

  boolean matches(List<String> argv, Certainty certainty) {
    if (argv.size() < words.size() || (rest == Rest.NOTHING && argv.size() > words.size())) {
      return false;
    }
    for (int i = 0; i < words.size(); i++) {
      boolean same =
          i == 0
              ? isProgram(words.getFirst(), argv.getFirst(), certainty)
              : words.get(i).matches(argv.get(i), certainty);
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /// Returns whether `program` is what `pattern` means. Where a possibility is enough, a name
  /// without folder also means the program of that name in any folder.
  static boolean isProgram(TextPattern pattern, String program, Certainty certainty) {
    return pattern.matches(program, certainty)
        || (certainty == Certainty.POSSIBLE
            && !pattern.contains('/')
            && pattern.matches(program.substring(program.lastIndexOf('/') + 1), certainty));
  }

  boolean covers(ArgvPattern other) {
    if (words.size() > other.words.size()
        || (rest == Rest.NOTHING
            && (other.rest == Rest.ANYTHING || words.size() < other.words.size()))) {
      return false;
    }
    for (int i = 0; i < words.size(); i++) {
      if (!words.get(i).covers(other.words.get(i))) {
        return false;
      }
    }
    return true;
  }
}
