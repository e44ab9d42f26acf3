// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import java.util.Locale;
import java.util.Map;

/// Takes a page apart into texts and tags, in one pass. For one thread.
final class HtmlTags {

  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_REFERENCE = 10;
  private static final Map<String, String> REFERENCES =
      Map.ofEntries(
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("nbsp", " "),
          Map.entry("ndash", "\u2013"),
          Map.entry("mdash", "\u2014"),
          Map.entry("hellip", "\u2026"),
          Map.entry("lsquo", "\u2018"),
          Map.entry("rsquo", "\u2019"),
          Map.entry("ldquo", "\u201c"),
          Map.entry("rdquo", "\u201d"),
          Map.entry("laquo", "\u00ab"),
          Map.entry("raquo", "\u00bb"),
          Map.entry("middot", "\u00b7"),
          Map.entry("bull", "\u2022"),
          Map.entry("copy", "\u00a9"),
          Map.entry("reg", "\u00ae"),
          Map.entry("times", "\u00d7"),
          Map.entry("rarr", "\u2192"),
          Map.entry("larr", "\u2190"),
          Map.entry("euro", "\u20ac"),
          Map.entry("auml", "\u00e4"),
          Map.entry("ouml", "\u00f6"),
          Map.entry("uuml", "\u00fc"),
          Map.entry("szlig", "\u00df"),
          Map.entry("eacute", "\u00e9"));

  private final String html;
  private int at;
  private Kind kind = Kind.TEXT;
  private String name = "";
  private int from;
  private int to;

  /// What a piece is.
  enum Kind {
    TEXT,
    OPEN,
    CLOSE
  }

  HtmlTags(String html) {
    this.html = html;
  }

  /// Goes on to the next piece, and says whether there is one.
  boolean next() {
    while (at < html.length()) {
      if (html.charAt(at) != '<') {
        int end = html.indexOf('<', at);
        return found(Kind.TEXT, end < 0 ? html.length() : end);
      }
      char after = at + 1 < html.length() ? html.charAt(at + 1) : ' ';
      if (after == '!' || after == '?') {
        at = past(html.startsWith("<!--", at) ? "-->" : ">");
      } else if (isLetter(after)) {
        return tag(Kind.OPEN, at + 1);
      } else if (after == '/') {
        return tag(Kind.CLOSE, at + 2);
      } else {
        int end = html.indexOf('<', at + 1);
        return found(Kind.TEXT, end < 0 ? html.length() : end);
      }
    }
    return false;
  }

  private boolean found(Kind what, int end) {
    kind = what;
    from = at;
    to = end;
    at = end;
    return true;
  }

  private int past(String end) {
    int found = html.indexOf(end, at + 1);
    return found < 0 ? html.length() : found + end.length();
  }

  /* One that never ends is the end of the page. */
  private boolean tag(Kind what, int start) {
    int end = start;
    while (end < html.length()
        && end - start < LONGEST_NAME
        && (isLetter(html.charAt(end)) || Character.isDigit(html.charAt(end)))) {
      end++;
    }
    name = html.substring(start, end).toLowerCase(Locale.ROOT);
    char quote = 0;
    int close = end;
    for (; close < html.length(); close++) {
      char c = html.charAt(close);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '>') {
        break;
      } else if ((c == '"' || c == '\'') && isValueStart(close)) {
        quote = c;
      }
    }
    found(what, close);
    from = end;
    at = Math.min(html.length(), close + 1);
    return true;
  }

  /* Elsewhere a quotation mark is only a letter of a name. */
  private boolean isValueStart(int index) {
    int before = index - 1;
    while (before > 0 && html.charAt(before) == ' ') {
      before--;
    }
    return html.charAt(before) == '=';
  }

  Kind kind() {
    return kind;
  }

  /// Returns the name of the tag, in lower case.
  String name() {
    return name;
  }

  /// Returns the text, with its references.
  String text() {
    return html.substring(from, to);
  }

  /// Returns what an attribute of the tag has in it, decoded; nothing when it is not there.
  String attribute(String wanted) {
    int i = from;
    while (i < to) {
      int start = i;
      while (i < to && " \t\r\n/=".indexOf(html.charAt(i)) < 0) {
        i++;
      }
      boolean is = html.regionMatches(true, start, wanted, 0, wanted.length());
      boolean named = is && i - start == wanted.length();
      while (i < to && " \t\r\n/".indexOf(html.charAt(i)) >= 0) {
        i++;
      }
      if (i >= to || html.charAt(i) != '=') {
        if (named) {
          return wanted;
        }
        continue;
      }
      i++;
      while (i < to && " \t\r\n".indexOf(html.charAt(i)) >= 0) {
        i++;
      }
      char quote = i < to ? html.charAt(i) : ' ';
      boolean quoted = quote == '"' || quote == '\'';
      int value = quoted ? i + 1 : i;
      i = value;
      while (i < to && (quoted ? html.charAt(i) != quote : " \t\r\n".indexOf(html.charAt(i)) < 0)) {
        i++;
      }
      if (named) {
        return decoded(html.substring(value, i));
      }
      i += quoted ? 1 : 0;
    }
    return "";
  }

  /// Returns whether the tag is marked as something that nobody sees.
  boolean isHidden() {
    if (to - from < 6) {
      return false;
    }
    String style = attribute("style").replace(" ", "").toLowerCase(Locale.ROOT);
    return !attribute("hidden").isEmpty()
        || attribute("aria-hidden").equalsIgnoreCase("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
        || style.contains("font-size:0");
  }

  /// Goes past the closing tag of `element`, and returns what is before it, in which nothing is a
  /// tag.
  String raw(String element) {
    int start = at;
    int end = at;
    while (true) {
      end = html.indexOf("</", end);
      if (end < 0) {
        at = html.length();
        return html.substring(start);
      }
      if (html.regionMatches(true, end + 2, element, 0, element.length())) {
        at = end;
        at = past(">");
        return html.substring(start, end);
      }
      end += 2;
    }
  }

  /// Goes past the end of the element `element`, whose tag was read last, what is nested in it
  /// included. What ends it without being its closing tag is read next.
  void skip(String element) {
    boolean drawing = element.equals("svg") || element.equals("math");
    if (drawing && isSelfClosing()) {
      return;
    }
    ImpliedEnd implied = ImpliedEnd.of(element);
    int depth = 1;
    while (depth > 0) {
      int before = at;
      if (!next()) {
        return;
      }
      boolean opens = kind == Kind.OPEN;
      if (kind == Kind.TEXT || (drawing && opens && isSelfClosing())) {
        continue;
      }
      if (depth == 1 && implied.isAt(name, opens)) {
        at = before;
        return;
      }
      if (implied.nests(name, element) || (depth == 1 && !opens && name.equals(element))) {
        depth += opens ? 1 : -1;
      } else if (opens && (name.equals("script") || name.equals("style"))) {
        raw(name);
      }
    }
  }

  /* A slash that ends a value without quotation marks belongs to the value. */
  private boolean isSelfClosing() {
    int last = to - 1;
    if (last < from || html.charAt(last) != '/') {
      return false;
    }
    char quote = 0;
    boolean bare = false;
    char before = ' ';
    for (int i = from; i < last; i++) {
      char c = html.charAt(i);
      if (isSpace(c) && quote == 0) {
        bare &= before == '=';
        continue;
      }
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (before == '=' && (c == '"' || c == '\'')) {
        quote = c;
        bare = false;
      } else {
        bare |= c == '=';
      }
      before = c;
    }
    return !bare;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /// Returns `text` with the characters that its references stand for.
  static String decoded(String text) {
    int reference = text.indexOf('&');
    if (reference < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int done = 0;
    while (reference >= 0) {
      int end =
          text.indexOf(';', reference, Math.min(text.length(), reference + LONGEST_REFERENCE));
      if (end > 0) {
        String character = character(text.substring(reference + 1, end));
        if (!character.isEmpty()) {
          out.append(text, done, reference).append(character);
          done = end + 1;
        }
      }
      reference = text.indexOf('&', Math.max(done, reference + 1));
    }
    return out.append(text, done, text.length()).toString();
  }

  private static String character(String name) {
    if (!name.startsWith("#")) {
      return REFERENCES.getOrDefault(name, "");
    }
    boolean hex = name.length() > 1 && (name.charAt(1) == 'x' || name.charAt(1) == 'X');
    try {
      int point = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
      boolean valid =
          Character.isValidCodePoint(point)
              && !(point >= 0xD800 && point <= 0xDFFF)
              && (!Character.isISOControl(point) || point == '\n' || point == '\t');
      return valid ? Character.toString(point) : "";
    } catch (NumberFormatException e) {
      return "";
    }
  }
}
