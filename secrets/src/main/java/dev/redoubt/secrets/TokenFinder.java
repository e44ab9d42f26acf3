// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.secrets;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/* A pattern with an alternative for each issuer tries all of them at each word. Here a word is
 * looked at only when it begins as one of them does, and by that one alone. */
/// Finds the tokens of known issuers in one text, from left to right. Time grows with the text,
/// whatever it says. For one thread.
final class TokenFinder {

  private static final int SHORTEST_JWT_PART = 10;
  private static final int LONGEST_JWT_HEADER = 4_096;
  private static final int LONGEST_JWT_BODY = 8_192;
  private static final int LONGEST_JWT_SIGNATURE = 2_048;
  private static final int SHORTEST_NUMBER = 8;
  private static final String JWT = "eyJ";
  private static final List<List<Shape>> SHAPES = byFirst();

  private static List<List<Shape>> byFirst() {
    List<List<Shape>> shapes = new ArrayList<>();
    for (int i = 0; i < 128; i++) {
      shapes.add(new ArrayList<>());
    }
    List<String[]> issuers = TokenShapes.issuers();
    for (int i = 0; i < issuers.size(); i++) {
      Pattern pattern = Pattern.compile(issuers.get(i)[1]);
      for (String begins : issuers.get(i)[0].split(" ", -1)) {
        shapes.get(begins.charAt(0)).add(new Shape(i, begins, pattern));
      }
    }
    return shapes;
  }

  private record Shape(int index, String start, Pattern pattern) {}

  private final String text;
  private final @Nullable Matcher[] matchers = new Matcher[TokenShapes.issuers().size()];
  private int start;
  private int end;
  private int headerEnd;
  private int bodyEnd;
  private long looked;

  TokenFinder(String text) {
    this.text = text;
  }

  /// Returns whether there is a token that begins at `from` or behind it.
  boolean find(int from) {
    for (int at = from; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean first = isAlphanumeric(c) && (at == 0 || !isAlphanumeric(text.charAt(at - 1)));
      if (first && isTokenAt(at, c)) {
        start = at;
        return true;
      }
    }
    return false;
  }

  /// Returns where the token begins that was found.
  int start() {
    return start;
  }

  /// Returns where it ends.
  int end() {
    return end;
  }

  /// Returns how many characters were compared with more than their first.
  long looked() {
    return looked;
  }

  private boolean isTokenAt(int at, char first) {
    if (first <= '9' && !isLongNumber(at)) {
      return false;
    }
    for (Shape shape : SHAPES.get(first)) {
      if (text.startsWith(shape.start(), at) && matches(shape, at)) {
        return true;
      }
    }
    return first == 'e' && text.startsWith(JWT, at) && isJwt(at);
  }

  /* "r8_" and "sq0atp-" begin with letters: what begins with a digit is a long number. */
  private boolean isLongNumber(int at) {
    int last = at + SHORTEST_NUMBER - 1;
    return last < text.length() && text.charAt(last) >= '0' && text.charAt(last) <= '9';
  }

  private boolean matches(Shape shape, int at) {
    Matcher matcher = matchers[shape.index()];
    if (matcher == null) {
      matcher = shape.pattern().matcher(text).useTransparentBounds(true);
      matchers[shape.index()] = matcher;
    }
    matcher.region(at, text.length());
    boolean found = matcher.lookingAt();
    looked += found ? matcher.end() - at : shape.start().length();
    end = found ? matcher.end() : at;
    return found;
  }

  /* Three parts with a dot between. Many may begin inside one long word: its ends are kept. */
  private boolean isJwt(int at) {
    if (headerEnd <= at) {
      headerEnd = wordEnd(at);
      bodyEnd = text.startsWith("." + JWT, headerEnd) ? wordEnd(headerEnd + 1) : headerEnd;
    }
    if (bodyEnd == headerEnd || bodyEnd >= text.length() || text.charAt(bodyEnd) != '.') {
      return false;
    }
    int header = headerEnd - at - JWT.length();
    int body = bodyEnd - headerEnd - 1 - JWT.length();
    if (header < SHORTEST_JWT_PART
        || header > LONGEST_JWT_HEADER
        || body < SHORTEST_JWT_PART
        || body > LONGEST_JWT_BODY) {
      return false;
    }
    end = Math.min(wordEnd(bodyEnd + 1), bodyEnd + 1 + LONGEST_JWT_SIGNATURE);
    return true;
  }

  private int wordEnd(int from) {
    int at = from;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    looked += at - from;
    return at;
  }

  private static boolean isWord(char c) {
    return isAlphanumeric(c) || c == '_' || c == '-';
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
