// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import dev.redoubt.advisory.versions.VersionOrder.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The order that setuptools gave versions before PEP 440, for those that are none by it.
///
/// A version is numbers, words and signs, of which dots do not count; every version ends in the
/// word `final`, before which `alpha`, `dev` and their like sort and after which patch names do.
/// Below every version that is valid.
final class PypiLegacy {

  private static final int LEGACY = 1;
  private static final int END = 0;
  private static final int WORD = 1;
  private static final int NUMBER = 2;

  private static final String FINAL = "final";
  private static final String DASH = "final-";

  private PypiLegacy() {}

  static Version parse(String version) {
    String text = version.toLowerCase(Locale.ROOT);
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = partEnd(text, at);
      add(parts, text.substring(at, end));
      at = end;
    }
    add(parts, FINAL);
    return key(parts, text.length());
  }

  private static int partEnd(String text, int from) {
    char first = text.charAt(from);
    if (Scan.isDigit(first)) {
      return Scan.afterDigits(text, from);
    }
    if (Scan.isLetter(first)) {
      return Scan.afterLetters(text, from);
    }
    int end = from + 1;
    while (!isSeparator(first) && end < text.length() && isSign(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isSeparator(char c) {
    return c == '.' || c == '-';
  }

  private static boolean isSign(char c) {
    return !isSeparator(c) && !Scan.isDigit(c) && !Scan.isLetter(c);
  }

  private static void add(List<String> parts, String part) {
    if (part.equals(".")) {
      return;
    }
    if (Scan.isDigit(part.charAt(0))) {
      parts.add(part);
      return;
    }
    String word =
        switch (part) {
          case "pre", "preview", "rc" -> "c";
          case "-" -> DASH;
          case "dev" -> "@";
          default -> part;
        };
    if (word.compareTo(FINAL) < 0) {
      while (!parts.isEmpty() && parts.getLast().equals(DASH)) {
        parts.removeLast();
      }
    }
    while (!parts.isEmpty() && isZero(parts.getLast())) {
      parts.removeLast();
    }
    parts.add(word);
  }

  private static boolean isZero(String part) {
    return Scan.afterZeros(part, 0, part.length()) == part.length();
  }

  private static Version key(List<String> parts, int length) {
    KeyWriter key = new KeyWriter(length);
    key.tag(LEGACY);
    for (String part : parts) {
      if (Scan.isDigit(part.charAt(0))) {
        key.tag(NUMBER);
        key.number(part, 0, part.length());
      } else {
        key.tag(WORD);
        key.text(part, 0, part.length());
      }
    }
    key.tag(END);
    return key.key();
  }
}
