// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.versions;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/// Statements about the order of versions, one per line: `1.0 < 1.1`, `1.0 = 1.0.0`, `2 > 1`.
///
/// Blank lines and lines that start with `#` or `//` are skipped. A line holds at most 65,536
/// characters; there is no limit on the number of lines, which are read one at a time.
public final class VersionVectors {

  private static final int LONGEST_LINE = 1 << 16;
  private static final int LONGEST_QUOTE = 80;

  private VersionVectors() {}

  /// What came of checking statements.
  public sealed interface Result {

    /// All lines were read; `failed` of `checked` statements do not hold.
    record Checked(int checked, int failed) implements Result {}

    /// Line `line` is no statement, and reading stopped there. The message names the line.
    record Malformed(int line, String message) implements Result {}
  }

  /// Checks the statements of `lines` against `order`.
  ///
  /// A statement that does not hold is written to `out` as `line N: a < b, got =`, and after the
  /// last line `checked N, failed M`. Neither is closed.
  public static Result check(VersionOrder order, Reader lines, Appendable out) throws IOException {
    int number = 0;
    int checked = 0;
    int failed = 0;
    StringBuilder line = new StringBuilder();
    while (nextLine(lines, line)) {
      number++;
      if (line.length() > LONGEST_LINE) {
        return new Result.Malformed(
            number, "line " + number + ": longer than " + LONGEST_LINE + " characters");
      }
      String text = line.toString().strip();
      if (text.isEmpty() || text.startsWith("#") || text.startsWith("//")) {
        continue;
      }
      Statement statement = Statement.read(text);
      if (statement == null) {
        return new Result.Malformed(
            number, "line " + number + ": expected \"a < b\", got \"" + quote(text) + "\"");
      }
      checked++;
      String got = sign(order.compare(statement.left(), statement.right()));
      if (!got.equals(statement.sign())) {
        failed++;
        out.append("line " + number + ": " + printable(statement.text()) + ", got " + got + "\n");
      }
    }
    out.append("checked " + checked + ", failed " + failed + "\n");
    return new Result.Checked(checked, failed);
  }

  private record Statement(String left, String sign, String right) {

    String text() {
      return left + " " + sign + " " + right;
    }

    static @Nullable Statement read(String text) {
      List<String> words = new ArrayList<>();
      StringTokenizer tokens = new StringTokenizer(text);
      while (tokens.hasMoreTokens()) {
        words.add(tokens.nextToken());
      }
      if (words.size() != 3) {
        return null;
      }
      return switch (words.get(1)) {
        case "<", "=", ">" -> new Statement(words.get(0), words.get(1), words.get(2));
        default -> null;
      };
    }
  }

  private static String sign(int comparison) {
    if (comparison == 0) {
      return "=";
    }
    return comparison < 0 ? "<" : ">";
  }

  /// Reads up to and without the next line feed. Returns false at the end of the input.
  private static boolean nextLine(Reader lines, StringBuilder line) throws IOException {
    line.setLength(0);
    int c = lines.read();
    if (c < 0) {
      return false;
    }
    while (c >= 0 && c != '\n' && line.length() <= LONGEST_LINE) {
      line.append((char) c);
      c = lines.read();
    }
    return true;
  }

  private static String quote(String text) {
    return text.length() <= LONGEST_QUOTE
        ? printable(text)
        : printable(text.substring(0, LONGEST_QUOTE)) + "…";
  }

  /// Returns `text` with a question mark for each character that could steer a terminal.
  private static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      printable.append(Character.isISOControl(c) ? '?' : c);
    }
    return printable.toString();
  }
}
