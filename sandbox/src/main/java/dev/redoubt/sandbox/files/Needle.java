// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import java.util.Locale;

/// Finds a text that is in everything a pattern fits, so that files without it need not be looked
/// at line by line.
final class Needle {

  private static final String SPECIAL = ".^$[]()|*+?{}\\";

  private final String pattern;
  private final StringBuilder run = new StringBuilder();
  private String longest = "";

  private Needle(String pattern) {
    this.pattern = pattern;
  }

  /// Returns the longest one that is easily found; empty when there is none.
  static String of(String pattern) {
    return isSimple(pattern) ? new Needle(pattern).read() : "";
  }

  /// Returns whether `pattern` changes no flags, and the letters of its texts are whole.
  static boolean isSimple(String pattern) {
    for (int at = pattern.indexOf("(?"); at >= 0; at = pattern.indexOf("(?", at + 1)) {
      if (!pattern.startsWith("(?:", at)) {
        return false;
      }
    }
    return pattern.chars().noneMatch(c -> Character.isSurrogate((char) c));
  }

  /// Returns one in lower case that is in everything `pattern` fits when case does not count, once
  /// that is in lower case too.
  ///
  /// Of ASCII only, and without `k` and `s`, which the Kelvin sign and the long s fit as well.
  static String ofAnyCase(String pattern) {
    String needle = of(pattern).toLowerCase(Locale.ROOT);
    String longest = "";
    int from = 0;
    for (int at = 0; at <= needle.length(); at++) {
      char c = at < needle.length() ? needle.charAt(at) : 'k';
      if (c >= 0x80 || c == 'k' || c == 's') {
        longest = at - from > longest.length() ? needle.substring(from, at) : longest;
        from = at + 1;
      }
    }
    return longest;
  }

  private String read() {
    int depth = 0;
    for (int at = 0; at < pattern.length(); at++) {
      char c = pattern.charAt(at);
      switch (c) {
        case '(' -> {
          end();
          depth++;
        }
        case ')' -> {
          end();
          depth--;
        }
        case '|' -> {
          if (depth == 0) {
            return "";
          }
        }
        case '[' -> {
          end();
          at = afterSet(pattern, at);
        }
        case '*', '?', '{' -> {
          run.setLength(Math.max(0, run.length() - 1));
          end();
          int close = pattern.indexOf('}', at);
          at = c != '{' ? at : close < 0 ? pattern.length() : close;
        }
        case '+', '.', '^', '$' -> end();
        case '\\' -> {
          at++;
          if (at < pattern.length() && SPECIAL.indexOf(pattern.charAt(at)) >= 0 && depth == 0) {
            run.append(pattern.charAt(at));
          } else {
            end();
          }
          if (at < pattern.length() && "pPxuQ0123456789".indexOf(pattern.charAt(at)) >= 0) {
            return "";
          }
        }
        default -> {
          if (depth == 0) {
            run.append(c);
          }
        }
      }
    }
    end();
    return longest;
  }

  private void end() {
    if (run.length() > longest.length()) {
      longest = run.toString();
    }
    run.setLength(0);
  }

  /// Returns where the set of letters ends that starts at `start`.
  static int afterSet(String pattern, int start) {
    int at = start + 1;
    if (at < pattern.length() && pattern.charAt(at) == '^') {
      at++;
    }
    for (int first = at; at < pattern.length(); at++) {
      char c = pattern.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '[' && at + 1 < pattern.length() && pattern.charAt(at + 1) == ':') {
        at = Math.max(at, pattern.indexOf(":]", at) + 1);
      } else if (c == ']' && at > first) {
        return at;
      }
    }
    return at;
  }
}
