// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

/// Foreign text as Markdown that shows it and obeys nothing in it.
///
/// The result is one line. It is safe in the middle of a line and in a table cell, under the rules
/// of CommonMark and of GitHub's extensions.
final class MarkdownText {

  private static final String ESCAPED = "\\`*_[]#~|$!";

  private MarkdownText() {}

  /// Returns `text` with every character that could start markup escaped, links of bare addresses
  /// included.
  static String plain(String text) {
    String line = oneLine(text);
    StringBuilder safe = new StringBuilder(line.length() + 16);
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      switch (c) {
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '&' -> safe.append("&amp;");
        case '@' -> safe.append("\\@");
        case ':' -> safe.append(line.startsWith("//", i + 1) ? "\\:" : ":");
        case '.' -> safe.append(endsWithWww(line, i) ? "\\." : ".");
        default -> {
          if (ESCAPED.indexOf(c) >= 0) {
            safe.append('\\');
          }
          safe.append(c);
        }
      }
    }
    return safe.toString();
  }

  /// Returns `text` as a code span, or escaped when it has something of HTML in it: not every
  /// reader of Markdown takes a code span literally.
  static String code(String text) {
    String line = oneLine(text).replace("|", "\\|");
    if (line.indexOf('<') >= 0 || line.indexOf('>') >= 0 || line.indexOf('&') >= 0) {
      return plain(text);
    }
    if (line.isEmpty()) {
      return "";
    }
    String fence = "`".repeat(longestRun(line) + 1);
    boolean pad = line.startsWith("`") || line.endsWith("`") || line.isBlank();
    return pad ? fence + " " + line + " " + fence : fence + line + fence;
  }

  private static String oneLine(String text) {
    return Printable.of(text.strip().replaceAll("[\\r\\n\\t ]+", " "));
  }

  private static boolean endsWithWww(String line, int dot) {
    return dot >= 3 && line.regionMatches(true, dot - 3, "www", 0, 3);
  }

  private static int longestRun(String line) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < line.length(); i++) {
      run = line.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
