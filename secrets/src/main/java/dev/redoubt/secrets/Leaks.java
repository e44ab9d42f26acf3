// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.secrets;

import org.jspecify.annotations.Nullable;

/// Takes secrets out of texts that somebody goes on working with.
///
/// More careful than [Redaction], which may hide what is none: here source code, checksums and
/// identifiers have to arrive as they are. Taken out are private keys, tokens in the shape of a
/// known issuer's, passwords in addresses, and what is assigned to the name of a secret and looks
/// like one. Placeholders and references stay. Linear in the text; nothing is kept.
public final class Leaks {

  private static final String[] NAMES = {
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "secret",
    "token",
    "api_key",
    "api-key",
    "apikey",
    "access_key",
    "access-key",
    "accesskey",
    "secret_key",
    "secret-key",
    "secretkey",
    "private_key",
    "private-key",
    "privatekey"
  };
  private static final String NO_VALUE = "\"'`,;&|<>(){}[]$\\";
  private static final String NO_ADDRESS = "/@\"'<>";
  private static final int SHORTEST_VALUE = 8;
  private static final int LONGEST_VALUE = 512;
  private static final int MOST_NESTED = 3;

  private Leaks() {}

  /// Returns `text` with every secret in it replaced by [Redaction#MASK]; the same object when
  /// there is none.
  public static String masked(String text) {
    if (text.length() < 8) {
      return text;
    }
    String out = tokens(SecretScan.withoutPrivateKeys(text));
    if (out.indexOf("://") >= 0) {
      out = userInfo(out);
    }
    out = introduced(assigned(out));
    return out.equals(text) ? text : out;
  }

  /// Returns whether `value` is a secret when a field called `name` holds it.
  public static boolean isSecret(String name, String value) {
    return value.length() >= 6
        && value.length() <= 4_096
        && Redaction.isSecretName(name)
        && looksLikeOne(value);
  }

  private static String tokens(String text) {
    TokenFinder finder = new TokenFinder(text);
    Cut cut = new Cut(text);
    int from = 0;
    while (finder.find(from)) {
      from = finder.end();
      if (!Placeholders.isPlaceholder(text.substring(finder.start(), from))) {
        cut.out(finder.start(), from);
      }
    }
    return cut.rest();
  }

  /* scheme://user:password@ */
  private static String userInfo(String text) {
    Cut cut = new Cut(text);
    int at = text.indexOf("://");
    while (at >= 0) {
      int user = at + 3;
      int colon = user;
      while (colon < text.length()
          && colon - user < 101
          && isUserInfo(text.charAt(colon))
          && text.charAt(colon) != ':') {
        colon++;
      }
      if (colon < text.length() && text.charAt(colon) == ':' && isScheme(text, at)) {
        int from = colon + 1;
        int to = from;
        while (to < text.length() && to - from < 201 && isUserInfo(text.charAt(to))) {
          to++;
        }
        boolean closed = to < text.length() && text.charAt(to) == '@' && to - from >= 3;
        if (closed && to - from <= 200 && looksLikeOne(text.substring(from, to))) {
          cut.out(from, to);
        }
      }
      at = text.indexOf("://", user);
    }
    return cut.rest();
  }

  private static boolean isScheme(String text, int end) {
    return end >= 2
        && isSchemeCharacter(text.charAt(end - 1))
        && isSchemeCharacter(text.charAt(end - 2));
  }

  private static boolean isSchemeCharacter(char c) {
    return (c < 0x80 && Character.isLetterOrDigit(c)) || c == '+' || c == '.' || c == '-';
  }

  private static boolean isUserInfo(char c) {
    return !Character.isWhitespace(c) && NO_ADDRESS.indexOf(c) < 0;
  }

  /* What is judged to be none is looked through again, as it may hold a name and a value itself.
  Nobody writes that many inside each other: there the rest is one. */
  private static String assigned(String text) {
    Cut cut = new Cut(text);
    int judgedTo = 0;
    int nested = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int name = c == '=' || c == ':' ? nameStart(text, at, cut.end()) : at;
      at++;
      if (name == at - 1) {
        continue;
      }
      int from = valueStart(text, at - 1);
      int to = valueEnd(text, from);
      if (to - from < SHORTEST_VALUE) {
        continue;
      }
      nested = from < judgedTo ? nested + 1 : 0;
      if (nested > MOST_NESTED || looksLikeOne(text.substring(from, to))) {
        cut.out(from, to);
        at = to;
      }
      judgedTo = nested == 0 ? to : judgedTo;
    }
    return cut.rest();
  }

  private static int valueStart(String text, int operator) {
    int at = operator + 1;
    char behind = at < text.length() ? text.charAt(at) : 0;
    if (behind == (text.charAt(operator) == '=' ? '>' : '=')) {
      at++;
    }
    at = blanks(text, at);
    if (at < text.length() && text.charAt(at) == '\\') {
      at++;
    }
    return at < text.length() && "\"'".indexOf(text.charAt(at)) >= 0 ? at + 1 : at;
  }

  private static int blanks(String text, int from) {
    int at = from;
    while (at < text.length() && at - from < 3 && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int valueEnd(String text, int from) {
    int at = from;
    while (at < text.length()
        && at - from < LONGEST_VALUE
        && !Character.isWhitespace(text.charAt(at))
        && NO_VALUE.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  /* Where the name of a secret begins that ends in front of `at`; `at` when there is none. */
  private static int nameStart(String text, int at, int from) {
    int end = at;
    while (end > from && at - end < 5 && " \t\\\"'".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    if (end - from < 3) {
      return at;
    }
    // Every name ends in one of these; most words in front of a colon do not.
    if ("detny".indexOf(text.charAt(end - 1) | 0x20) < 0) {
      return at;
    }
    for (String name : NAMES) {
      int start = end - name.length();
      if (start >= from && text.regionMatches(true, start, name, 0, name.length())) {
        return start;
      }
    }
    return at;
  }

  /* "Bearer" and "Basic", and what stands behind them. */
  private static String introduced(String text) {
    Cut cut = new Cut(text);
    for (int at = 5; at < text.length(); at++) {
      if (!Character.isWhitespace(text.charAt(at)) || !isScheme(text, at, cut.end())) {
        continue;
      }
      int from = blanks(text, at);
      int to = from;
      while (to < text.length() && to - from < 4_096 && isOpaque(text.charAt(to))) {
        to++;
      }
      if (to - from >= 16 && looksLikeOne(text.substring(from, to))) {
        cut.out(from, to);
      }
      at = Math.max(at, to - 1);
    }
    return cut.rest();
  }

  private static boolean isScheme(String text, int end, int from) {
    int last = text.charAt(end - 1) | 0x20;
    return (last == 'r' && end - 6 >= from && text.regionMatches(true, end - 6, "bearer", 0, 6))
        || (last == 'c' && end - 5 >= from && text.regionMatches(true, end - 5, "basic", 0, 5));
  }

  private static boolean isOpaque(char c) {
    return (c < 0x80 && Character.isLetterOrDigit(c)) || "+/=_.~-".indexOf(c) >= 0;
  }

  /// A text with parts of it masked, from left to right.
  private static final class Cut {
    private final String text;
    private @Nullable StringBuilder out;
    private int end;

    Cut(String text) {
      this.text = text;
    }

    void out(int from, int to) {
      StringBuilder written = out == null ? new StringBuilder(text.length()) : out;
      out = written.append(text, end, from).append(Redaction.MASK);
      end = to;
    }

    int end() {
      return end;
    }

    String rest() {
      return out == null ? text : out.append(text, end, text.length()).toString();
    }
  }

  /* A word, a path and the name of a variable are none: "token: string", "password=os.environ". */
  private static boolean looksLikeOne(String value) {
    boolean digit = false;
    boolean letter = false;
    boolean sign = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      digit |= c >= '0' && c <= '9';
      letter |= Character.isLetter(c);
      sign |= "!@#%^*?~+".indexOf(c) >= 0;
    }
    return (digit || sign)
        && letter
        && !value.equals(Redaction.MASK)
        && "/.~".indexOf(value.charAt(0)) < 0
        && !value.contains("://")
        && !SecretScan.isHarmless(value)
        && !Placeholders.isPlaceholder(value);
  }
}
