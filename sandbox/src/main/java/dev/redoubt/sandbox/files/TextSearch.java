// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// Finds the lines of one file after the other that a pattern fits, and the lines around them.
final class TextSearch {

  /// The largest file that is searched.
  static final long LARGEST = 4L << 20;

  private static final String ANY_CASE = "(?i)";
  private static final int LOOKED_AT = 8_000;
  private static final int MOST_SHOWN = 400;

  private final Pattern pattern;
  private final int context;
  private final boolean anyCase;
  private final List<String> needles;
  private final List<String> needleBytes;

  TextSearch(Pattern pattern, int context) {
    this.pattern = pattern;
    this.context = context;
    String text = pattern.pattern();
    this.anyCase = text.startsWith(ANY_CASE);
    List<String> found = Needles.of(anyCase ? text.substring(ANY_CASE.length()) : text, anyCase);
    this.needleBytes =
        found.stream().map(needle -> new String(needle.getBytes(UTF_8), ISO_8859_1)).toList();
    this.needles = anyCase ? List.of() : found;
  }

  /// Returns the lines of a file with these bytes; none when it is binary.
  ///
  /// @param bytes starts with those of the file
  /// @param length how many it has
  /// @param name gives the path of the file, asked for only when there may be such a line
  List<Matches.Line> in(byte[] bytes, int length, Supplier<String> name) {
    String raw = new String(bytes, 0, length, ISO_8859_1);
    if (!hasOne(anyCase ? raw.toLowerCase(Locale.ROOT) : raw, needleBytes)
        || raw.lastIndexOf('\0', LOOKED_AT) >= 0) {
      return List.of();
    }
    // Of ASCII alone this takes the bytes as they are.
    List<String> lines = new String(bytes, 0, length, UTF_8).lines().toList();
    String path = name.get();
    List<Matches.Line> found = new ArrayList<>();
    int told = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (fits(lines.get(i))) {
        for (int near = Math.max(told, i - context); near < i; near++) {
          found.add(line(path, near, lines.get(near), true));
        }
        found.add(line(path, i, lines.get(i), false));
        told = i + 1;
        while (told < lines.size() && told <= i + context && !fits(lines.get(told))) {
          found.add(line(path, told, lines.get(told), true));
          told++;
        }
        i = told - 1;
      }
    }
    return found;
  }

  private boolean fits(String line) {
    return hasOne(line, needles) && pattern.matcher(line).find();
  }

  /* Without needles anything may fit. */
  private static boolean hasOne(String text, List<String> needles) {
    for (String needle : needles) {
      if (text.contains(needle)) {
        return true;
      }
    }
    return needles.isEmpty();
  }

  private static Matches.Line line(String path, int at, String text, boolean around) {
    String head = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) : text;
    return new Matches.Line(path, at + 1, head, around);
  }
}
