// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

/// A glob for one name: `*`, `?`, `[…]` and `\`. Takes time in proportion to the lengths of both,
/// whatever the two are. Immutable.
final class NameGlob {

  private final String glob;
  private final boolean plain;

  NameGlob(String glob) {
    this.glob = glob;
    this.plain = glob.chars().noneMatch(c -> c == '*' || c == '?' || c == '[' || c == '\\');
  }

  boolean matches(String name) {
    return plain ? glob.equals(name) : wildly(name);
  }

  /* Only the last star has to be tried again. */
  private boolean wildly(String name) {
    int at = 0;
    int in = 0;
    int star = -1;
    int from = 0;
    while (in < name.length()) {
      if (at < glob.length() && glob.charAt(at) == '*') {
        star = at++;
        from = in;
        continue;
      }
      int next = at < glob.length() ? step(at, name.charAt(in)) : -1;
      if (next >= 0) {
        at = next;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++from;
      } else {
        return false;
      }
    }
    while (at < glob.length() && glob.charAt(at) == '*') {
      at++;
    }
    return at == glob.length();
  }

  /* Where the glob goes on after it took the character, or -1. */
  private int step(int at, char c) {
    return switch (glob.charAt(at)) {
      case '?' -> at + 1;
      case '[' -> set(at, c);
      case '\\' -> at + 1 < glob.length() && glob.charAt(at + 1) == c ? at + 2 : -1;
      default -> glob.charAt(at) == c ? at + 1 : -1;
    };
  }

  private int set(int start, char c) {
    int at = start + 1;
    boolean not = at < glob.length() && (glob.charAt(at) == '!' || glob.charAt(at) == '^');
    if (not) {
      at++;
    }
    boolean in = false;
    for (int first = at; at < glob.length() && (glob.charAt(at) != ']' || at == first); at++) {
      if (glob.charAt(at) == '\\' && at + 1 < glob.length()) {
        at++;
      }
      char low = glob.charAt(at);
      char high = low;
      if (at + 2 < glob.length() && glob.charAt(at + 1) == '-' && glob.charAt(at + 2) != ']') {
        at += 2;
        high = glob.charAt(at);
      }
      in |= low <= c && c <= high;
    }
    if (at >= glob.length()) {
      return c == '[' ? start + 1 : -1;
    }
    return in != not ? at + 1 : -1;
  }
}
