// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.line;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/// Splits a line at blanks, for completion. A backslash at the end asks for one more line.
final class LineWords implements Parser {

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && line.endsWith("\\")) {
      throw new EOFError(-1, cursor, "the line goes on");
    }
    List<String> words = new ArrayList<>();
    int start = 0;
    int at = 0;
    int inWord = 0;
    for (int i = 0; i <= line.length(); i++) {
      if (i == line.length() || Character.isWhitespace(line.charAt(i))) {
        if (cursor >= start && cursor <= i) {
          at = words.size();
          inWord = cursor - start;
        }
        words.add(line.substring(start, i));
        start = i + 1;
      }
    }
    return new Parsed(line, cursor, words, at, inWord);
  }

  private record Parsed(String line, int cursor, List<String> words, int wordIndex, int wordCursor)
      implements CompletingParsedLine {
    @Override
    public String word() {
      return words.get(wordIndex);
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return wordCursor;
    }

    @Override
    public int rawWordLength() {
      return word().length();
    }
  }
}
