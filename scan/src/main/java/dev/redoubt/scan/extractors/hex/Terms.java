// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.hex;

import dev.redoubt.document.DocumentException;
import java.util.ArrayList;
import java.util.List;

/// Scans literals of Elixir and Erlang from a text, one after the other.
///
/// Understood are strings, binaries, atoms, numbers, tuples, lists, maps and keywords, nested at
/// most 100 deep. Anything that would have to be evaluated is an error. Not safe to share.
final class Terms {

  private static final int DEEPEST = 100;

  private final String text;
  private int at;
  private int line = 1;
  private int counted;

  Terms(String text) {
    this.text = text;
  }

  /// Returns the line of the next thing that is neither white space nor a comment.
  int line() {
    skipSpace();
    for (; counted < at; counted++) {
      if (text.charAt(counted) == '\n') {
        line++;
      }
    }
    return line;
  }

  boolean atEnd() {
    skipSpace();
    return at >= text.length();
  }

  /// Returns whether `token` comes next, and takes it if so.
  boolean take(String token) {
    skipSpace();
    if (!text.startsWith(token, at)) {
      return false;
    }
    at += token.length();
    return true;
  }

  /// Goes to where the next line begins that starts with a quotation mark or closes the map.
  void toNextEntry() {
    int end = text.indexOf('\n', at);
    while (end >= 0) {
      at = end + 1;
      int content = at;
      while (content < text.length() && " \t\r".indexOf(text.charAt(content)) >= 0) {
        content++;
      }
      if (content < text.length() && "\"}".indexOf(text.charAt(content)) >= 0) {
        return;
      }
      end = text.indexOf('\n', at);
    }
    at = text.length();
  }

  /// Goes behind the first occurrence of `words`; returns whether there is one.
  boolean toAfter(String words) {
    int found = text.indexOf(words, at);
    if (found >= 0) {
      at = found + words.length();
    }
    return found >= 0;
  }

  /// Returns the next term.
  ///
  /// @throws DocumentException if there is none that can be read without evaluating it
  Term next() throws DocumentException {
    return next(0);
  }

  private Term next(int depth) throws DocumentException {
    int start = line();
    if (at >= text.length() || depth > DEEPEST) {
      throw unreadable(start);
    }
    char c = text.charAt(at);
    if (c == '"' || c == '\'') {
      String value = quoted(c, start);
      return isKey() ? pair(value, depth, start) : arrow(new Term.Word(value, start), depth);
    }
    if (take("<<")) {
      Term inner = next(depth + 1);
      if (!take(">>")) {
        throw unreadable(start);
      }
      return inner;
    }
    if (take("%{") || take("{")) {
      return group('}', depth, start);
    }
    if (take("[")) {
      return group(']', depth, start);
    }
    if (c == ':') {
      at++;
      boolean quoted = at < text.length() && text.charAt(at) == '"';
      return arrow(new Term.Word(quoted ? quoted('"', start) : identifier(start), start), depth);
    }
    String word = identifier(start);
    return isKey() ? pair(word, depth, start) : new Term.Word(word, start);
  }

  private Term group(char close, int depth, int start) throws DocumentException {
    List<Term> items = new ArrayList<>();
    while (!take(String.valueOf(close))) {
      items.add(next(depth + 1));
      if (!take(",") && !(at < text.length() && text.charAt(at) == close)) {
        throw unreadable(line());
      }
    }
    return new Term.Group(items, start);
  }

  private Term pair(String key, int depth, int start) throws DocumentException {
    at++;
    return new Term.Pair(key, next(depth + 1), start);
  }

  private Term arrow(Term.Word key, int depth) throws DocumentException {
    return take("=>") ? new Term.Pair(key.value(), next(depth + 1), key.line()) : key;
  }

  /* A colon right behind a word makes it a key, two make it an operator. */
  private boolean isKey() {
    return at < text.length() && text.charAt(at) == ':' && !text.startsWith("::", at);
  }

  /* No string of a lock file goes over a line, so one that is not closed loses no other entry. */
  private String quoted(char quote, int start) throws DocumentException {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == quote) {
        at++;
        return value.toString();
      }
      if (c == '\n' || text.startsWith("#{", at)) {
        throw unreadable(start);
      }
      if (c == '\\' && at + 1 < text.length()) {
        c = text.charAt(++at);
      }
      value.append(c);
    }
    throw unreadable(start);
  }

  private String identifier(int start) throws DocumentException {
    int begin = at;
    while (at < text.length() && isWordLetter(text.charAt(at))) {
      at++;
    }
    if (begin == at) {
      throw unreadable(start);
    }
    return text.substring(begin, at);
  }

  private static boolean isWordLetter(char c) {
    return Character.isLetterOrDigit(c) || "_@?!.-+".indexOf(c) >= 0;
  }

  private void skipSpace() {
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean comment = c == '#' || (c == '%' && !text.startsWith("%{", at));
      if (comment) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (Character.isWhitespace(c)) {
        at++;
      } else {
        return;
      }
    }
  }

  private static DocumentException unreadable(int line) {
    return new DocumentException(
        line, "is no literal of Elixir or Erlang", "write the lock file again");
  }
}
