// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

/// Makes alike what looks alike: models write typographic quotes, dashes and spaces as plain ones.
final class Looks {

  private Looks() {}

  /// Returns `text` with plain quotes, dashes and spaces.
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\u2018', '\u2019', '\u201a', '\u201b' -> plain.append('\'');
        case '\u201c', '\u201d', '\u201e', '\u201f' -> plain.append('"');
        case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212' ->
            plain.append('-');
        case '\u00a0', '\u2002', '\u2003', '\u2009', '\u202f', '\u3000' -> plain.append(' ');
        case '\u2026' -> plain.append("...");
        default -> plain.append(c);
      }
    }
    return plain.toString();
  }
}
