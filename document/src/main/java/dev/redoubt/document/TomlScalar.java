// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import java.util.Locale;
import java.util.regex.Pattern;

/// What a word without quotes means: a boolean, a number, a date or a time.
final class TomlScalar {

  /* Words are cut off before the patterns see them, which recurse for each repetition. */
  private static final int LONGEST = 300;

  private static final Pattern INTEGER = Pattern.compile("[+-]?(0|[1-9](_?[0-9])*)");
  private static final Pattern RADIX =
      Pattern.compile("0x[0-9A-Fa-f](_?[0-9A-Fa-f])*|0o[0-7](_?[0-7])*|0b[01](_?[01])*");
  private static final Pattern FLOAT =
      Pattern.compile(
          "[+-]?(0|[1-9](_?[0-9])*)(\\.[0-9](_?[0-9])*)?([eE][+-]?[0-9](_?[0-9])*)?"
              + "|[+-]?(inf|nan)");
  private static final String TIME = "[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?";
  private static final Pattern MOMENT =
      Pattern.compile(
          TIME + "|[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ]" + TIME + "([Zz]|[+-][0-9]{2}:[0-9]{2})?)?");

  private TomlScalar() {}

  static Node of(String word, int line, TomlText text) throws DocumentException {
    if (word.equals("true") || word.equals("false")) {
      return new Node.Bool(word.equals("true"), line);
    }
    if (word.length() <= LONGEST) {
      if (INTEGER.matcher(word).matches()) {
        String digits = word.replace("_", "");
        return new Node.Num(digits.startsWith("+") ? digits.substring(1) : digits, line);
      }
      if (RADIX.matcher(word).matches()) {
        return new Node.Num(decimal(word.replace("_", ""), text), line);
      }
      if (FLOAT.matcher(word).matches()) {
        return new Node.Num(word.replace("_", ""), line);
      }
      if (MOMENT.matcher(word).matches()) {
        return new Node.Text(word.replace(' ', 'T').toUpperCase(Locale.ROOT), line);
      }
    }
    throw text.mistake("\"%s\" is no value".formatted(Size.shorten(word)));
  }

  private static String decimal(String word, TomlText text) throws DocumentException {
    int radix =
        switch (word.charAt(1)) {
          case 'x' -> 16;
          case 'o' -> 8;
          default -> 2;
        };
    try {
      return Long.toString(Long.parseLong(word.substring(2), radix));
    } catch (NumberFormatException e) {
      throw text.mistake("\"%s\" is over 64 bits".formatted(Size.shorten(word)));
    }
  }
}
