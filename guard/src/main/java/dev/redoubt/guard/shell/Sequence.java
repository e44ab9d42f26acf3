// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.shell;

import java.util.ArrayList;
import java.util.List;

/// A sequence between braces: `1..5`, `a..e`, `1..9..2`.
final class Sequence {

  private static final int MAX = 1024;

  private Sequence() {}

  /// Returns the elements of `text`; none when it is no sequence that is followed.
  static List<String> of(String text) {
    String[] ends = text.split("\\.\\.", -1);
    if (ends.length != 2 && ends.length != 3) {
      return List.of();
    }
    if (ends.length == 3 && !isNumber(ends[2])) {
      return List.of();
    }
    int step = ends.length == 3 ? Math.abs(Integer.parseInt(ends[2])) : 1;
    if (isNumber(ends[0]) && isNumber(ends[1])) {
      return numbers(ends[0], ends[1], Math.max(step, 1));
    }
    if (isLetter(ends[0]) && isLetter(ends[1])) {
      return letters(ends[0].charAt(0), ends[1].charAt(0), Math.max(step, 1));
    }
    return List.of();
  }

  private static List<String> numbers(String from, String to, int step) {
    int width = 0;
    if (isPadded(from) || isPadded(to)) {
      if (from.startsWith("-") || to.startsWith("-")) {
        return List.of();
      }
      width = Math.max(from.length(), to.length());
    }
    List<String> elements = new ArrayList<>();
    int first = Integer.parseInt(from);
    int last = Integer.parseInt(to);
    if (Math.abs((long) last - first) / step >= MAX) {
      return List.of();
    }
    for (long i = first; first <= last ? i <= last : i >= last; i += first <= last ? step : -step) {
      String digits = Long.toString(i);
      elements.add("0".repeat(Math.max(0, width - digits.length())) + digits);
    }
    return elements;
  }

  private static List<String> letters(char first, char last, int step) {
    List<String> elements = new ArrayList<>();
    if (Character.isLowerCase(first) != Character.isLowerCase(last)) {
      return elements;
    }
    for (int i = first; first <= last ? i <= last : i >= last; i += first <= last ? step : -step) {
      elements.add(String.valueOf((char) i));
    }
    return elements;
  }

  private static boolean isPadded(String number) {
    String digits = number.startsWith("-") ? number.substring(1) : number;
    return digits.length() > 1 && digits.startsWith("0");
  }

  private static boolean isNumber(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    if (text.length() == start || text.length() > 9) {
      return false;
    }
    for (int i = start; i < text.length(); i++) {
      if (!Characters.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(String text) {
    return text.length() == 1 && text.charAt(0) != '_' && Characters.startsName(text.charAt(0));
  }
}
