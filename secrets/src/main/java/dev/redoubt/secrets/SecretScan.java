// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.secrets;

import java.util.Locale;

/* One pass over the text for each of two readings, as a command line and as fields with values, and
 * neither has to fit: what is a secret in one of them is masked. */
/// Finds the secrets in a text of any kind by where they stand: after a name with `:` or `=`, after
/// a flag, between the lines of a private key.
final class SecretScan {

  private static final String BEGIN = "-----BEGIN ";
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String DELIMITERS = " \t\r\n,;&|<>()[]{}\"'`";
  private static final int LONGEST_NAME = 100;

  private final String text;
  private final StringBuilder out;

  private SecretScan(String text) {
    this.text = text;
    this.out = new StringBuilder(text.length());
  }

  /// Returns `text` with the private keys in it masked, a cut one to its end.
  static String withoutPrivateKeys(String text) {
    int begin = text.indexOf(BEGIN);
    if (begin < 0 || text.indexOf(PRIVATE, begin) < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int from = 0;
    while (begin >= 0) {
      int label = text.indexOf("-----", begin + BEGIN.length());
      if (label >= 0 && text.substring(begin, label).contains(PRIVATE)) {
        out.append(text, from, begin).append(Redaction.MASK);
        int end = text.indexOf("-----END ", label);
        int close = end < 0 ? -1 : text.indexOf("-----", end + 9);
        from = close < 0 ? text.length() : close + 5;
      }
      begin = text.indexOf(BEGIN, Math.max(from, begin + 1));
    }
    return out.append(text, from, text.length()).toString();
  }

  /// Returns `text` with what its names and flags give away masked.
  static String masked(String text) {
    return new SecretScan(new SecretScan(text).words()).fields();
  }

  /// Returns whether `value` is none whatever its name: empty, a reference, a switch.
  static boolean isHarmless(String value) {
    String bare = SecretText.bare(value);
    return switch (bare.toLowerCase(Locale.ROOT)) {
      case "", "***", "true", "false", "null", "none", "yes", "no", "on", "off" -> true;
      default -> isReference(bare);
    };
  }

  /* "$ecret1" is a password and "$TOKEN" is none. */
  private static boolean isReference(String bare) {
    if (bare.charAt(0) == '$' && bare.length() > 2 && "{(".indexOf(bare.charAt(1)) < 0) {
      return bare.substring(1)
          .chars()
          .allMatch(c -> c == '_' || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
    }
    return "$<{%".indexOf(bare.charAt(0)) >= 0 && Placeholders.withoutReferences(bare).isEmpty();
  }

  /// Returns whether `value` may be one when its name leaves it open.
  static boolean mayBeSecret(String value) {
    String bare = SecretText.bare(value);
    return bare.length() >= 6
        && bare.chars().anyMatch(Character::isDigit)
        && bare.indexOf(' ') < 0
        && "/.~".indexOf(bare.charAt(0)) < 0
        && !bare.contains("://")
        && !isHarmless(bare);
  }

  /* As a command line: words apart by blanks, quotes kept, a new command after an operator. */
  private String words() {
    ProgramSecrets program = new ProgramSecrets();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c) || "|&;()`".indexOf(c) >= 0) {
        if (c != ' ' && c != '\t') {
          program.reset();
        }
        out.append(c);
        at++;
      } else {
        int end = wordEnd(at);
        out.append(word(text.substring(at, end), program));
        at = end;
      }
    }
    return out.toString();
  }

  private static String word(String word, ProgramSecrets program) {
    char quote = word.charAt(0);
    boolean quoted =
        (quote == '"' || quote == '\'')
            && word.length() > 1
            && word.indexOf(quote, 1) == word.length() - 1;
    if (!quoted) {
      return program.masked(word);
    }
    String inner = word.substring(1, word.length() - 1);
    return quote + program.masked(inner) + quote;
  }

  private int wordEnd(int from) {
    char quote = 0;
    for (int at = from; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if ((c == '"' || c == '\'') && text.indexOf(c, at + 1) > 0) {
        quote = c;
      } else if (Character.isWhitespace(c) || "|&;()`".indexOf(c) >= 0) {
        return at;
      }
    }
    return text.length();
  }

  /* As fields: a name, perhaps quoted, then ":" or "=", then a value, perhaps quoted. */
  private String fields() {
    int at = 0;
    while (at < text.length()) {
      int nameEnd = at;
      while (nameEnd < text.length() && isNameCharacter(text.charAt(nameEnd))) {
        nameEnd++;
      }
      if (nameEnd == at) {
        out.append(text.charAt(at++));
        continue;
      }
      int valueFrom = valueAfter(nameEnd);
      out.append(text, at, Math.max(nameEnd, valueFrom));
      String name = text.substring(Math.max(at, nameEnd - LONGEST_NAME), nameEnd);
      at = valueFrom < 0 ? nameEnd : value(name, valueFrom);
    }
    return out.toString();
  }

  /* Returns where the value of a name that ends at `from` begins, or -1 when there is none. */
  private int valueAfter(int from) {
    int at = from;
    while (at < text.length() && "\\\"'".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    at = blanks(at);
    if (at >= text.length() || (text.charAt(at) != ':' && text.charAt(at) != '=')) {
      return -1;
    }
    if (text.startsWith("://", at)) {
      return -1;
    }
    at++;
    if (at < text.length() && "=>".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return blanks(at);
  }

  private int blanks(int from) {
    int at = from;
    while (at < text.length() && at - from < 8 && " \t".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  /* Writes the value out, masked when its name says so, and returns where it ends. */
  private int value(String name, int from) {
    SecretNames.Expectation expectation = SecretNames.of(name);
    switch (expectation) {
      case SECRET, PERHAPS -> {}
      case OTHER, UNKNOWN -> {
        return from;
      }
    }
    int end = valueEnd(name, from);
    int quotes = quotes(from);
    int inner = from + quotes;
    int innerEnd = quotes > 0 && end - quotes >= inner ? end - quotes : end;
    if (innerEnd <= inner) {
      return from;
    }
    String value = text.substring(inner, innerEnd);
    boolean hidden =
        expectation == SecretNames.Expectation.SECRET
            ? !isHarmless(value)
            : mayBeSecret(value) && !(isHex(value) && name.endsWith("hash"));
    if (!hidden) {
      return from;
    }
    out.append(text, from, inner).append(Redaction.MASK).append(text, innerEnd, end);
    return end;
  }

  private int quotes(int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == '\\') {
      at++;
    }
    return at < text.length() && "\"'`".indexOf(text.charAt(at)) >= 0 ? at - from + 1 : 0;
  }

  private int valueEnd(String name, int from) {
    int quotes = quotes(from);
    if (quotes > 0) {
      return quotedEnd(text.substring(from, from + quotes), from + quotes);
    }
    if (isHeader(name)) {
      int at = from;
      while (at < text.length() && "\r\n\"'".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return at;
    }
    int at = from;
    for (String scheme : new String[] {"bearer ", "basic ", "token "}) {
      if (text.regionMatches(true, from, scheme, 0, scheme.length())) {
        at = from + scheme.length();
      }
    }
    while (at < text.length() && DELIMITERS.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  /* The same quote, with as many backslashes in front as the one that opened. */
  private int quotedEnd(String quote, int from) {
    int at = text.indexOf(quote, from);
    while (at >= 0 && quote.length() == 1 && isEscaped(at)) {
      at = text.indexOf(quote, at + 1);
    }
    return at < 0 ? text.length() : at + quote.length();
  }

  private boolean isEscaped(int at) {
    int backslashes = 0;
    while (at - backslashes > 0 && text.charAt(at - backslashes - 1) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private static boolean isHeader(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "authorization", "proxy-authorization", "cookie", "set-cookie" -> true;
      default -> false;
    };
  }

  private static boolean isHex(String value) {
    return value.chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  private static boolean isNameCharacter(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }
}
