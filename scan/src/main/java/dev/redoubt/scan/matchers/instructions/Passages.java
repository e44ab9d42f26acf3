// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.instructions;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a Markdown text into passages: a paragraph is one, so that a sentence broken over lines is
/// seen whole; a list item, a heading, a line of code and a comment inside a line are one each.
final class Passages {

  private static final int LONGEST = 4_000;
  private static final Pattern STARTS =
      Pattern.compile("\\s{0,12}(?:[-*+] |\\d{1,3}[.)] |#{1,6} |>|\\||<!--|---).*", Pattern.DOTALL);
  private static final Pattern NEGATION =
      Pattern.compile(
          "(?i)\\b(?:never|don['’]?t|do not|does not|must not|mustn['’]?t|should not|shouldn['’]?t"
              + "|may not|cannot|can['’]?t|avoid|refuse|forbidden|prohibited|not allowed|instead of"
              + "|rather than|no need to|won['’]?t|will not|without (?:ever )?"
              + "|unsafe|dangerous|disallowed|block(?:s|ed)?|reject(?:s|ed)?|detects?|flags?)\\b");

  /// One passage.
  ///
  /// @param text its lines joined by one blank, without the blanks around each
  /// @param starts the offset in `text` at which each of its lines starts
  /// @param firstLine the line of the first, counted from 1
  /// @param code whether it stands in a fenced block
  record Passage(String text, List<Integer> starts, int firstLine, boolean code) {

    Passage {
      starts = List.copyOf(starts);
    }

    int lineAt(int offset) {
      int line = 0;
      while (line + 1 < starts.size() && starts.get(line + 1) <= offset) {
        line++;
      }
      return firstLine + line;
    }

    /// Returns whether the sentence says before `offset` that it is not to be done.
    boolean isNegatedBefore(int offset) {
      int start = Math.max(0, offset - 160);
      String before = text.substring(start, offset);
      Matcher end = Pattern.compile("[.!?;](?=\\s)|:\\s*$").matcher(before);
      int sentence = 0;
      while (end.find()) {
        if (before.charAt(end.start()) != ':') {
          sentence = end.end();
        }
      }
      return NEGATION.matcher(before.substring(sentence)).find();
    }
  }

  private final List<Passage> passages = new ArrayList<>();
  private final List<Passage> comments = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private List<Integer> starts = new ArrayList<>();
  private int firstLine;

  private Passages() {}

  static List<Passage> of(String text) {
    Passages reader = new Passages();
    boolean code = false;
    int line = 0;
    for (String raw : (Iterable<String>) text.lines()::iterator) {
      line++;
      String stripped = raw.strip();
      boolean fence = stripped.startsWith("```") || stripped.startsWith("~~~");
      if (fence) {
        code = !code;
      }
      if (code || fence || stripped.isEmpty() || STARTS.matcher(raw).matches()) {
        reader.end(false);
      }
      if (!stripped.isEmpty() && !fence) {
        reader.add(code ? stripped : reader.withoutComment(stripped, line), line);
        if (code) {
          reader.end(true);
        }
      }
    }
    reader.end(false);
    reader.passages.addAll(reader.comments);
    return reader.passages;
  }

  /* A comment in the middle of a sentence is not drawn, so the sentence goes on behind it. */
  private String withoutComment(String line, int number) {
    int start = line.indexOf("<!--");
    int end = line.indexOf("-->", Math.max(0, start));
    if (start < 1 || end < 0) {
      return line;
    }
    comments.add(new Passage(line.substring(start, end + 3), List.of(0), number, false));
    return (line.substring(0, start).strip() + " " + line.substring(end + 3).strip()).strip();
  }

  private void add(String stripped, int line) {
    String bounded = stripped.length() > LONGEST ? stripped.substring(0, LONGEST) : stripped;
    if (text.length() + bounded.length() > LONGEST) {
      end(false);
    }
    if (starts.isEmpty()) {
      firstLine = line;
    } else {
      text.append(' ');
    }
    starts.add(text.length());
    text.append(bounded);
  }

  private void end(boolean code) {
    if (!starts.isEmpty()) {
      passages.add(new Passage(text.toString(), starts, firstLine, code));
      text.setLength(0);
      starts = new ArrayList<>();
    }
  }
}
