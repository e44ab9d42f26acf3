// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.secrets;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes secrets out of texts that somebody goes on working with.
///
/// More careful than [Redaction], which may hide what is none: here source code, checksums and
/// identifiers have to arrive as they are. Taken out are private keys, tokens in the shape of a
/// known issuer's, passwords in addresses, and what is assigned to the name of a secret and looks
/// like one. Placeholders and references stay. Linear in the text; nothing is kept.
public final class Leaks {

  private static final Pattern USER_INFO =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9+.-]{1,20}://[^\\s/:@\"'<>]{0,100}:)([^\\s/@\"'<>]{3,200})@");
  private static final Pattern BASIC =
      Pattern.compile("(?i)((?:bearer|basic)\\s{1,3})([A-Za-z0-9+/=_.~-]{16,4096})");
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)((?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key"
              + "|secret[_-]?key|private[_-]?key|auth[_-]?token)"
              + "\\\\?[\"']?\\s{0,3}(?:=>|:=|=|:)\\s{0,3}\\\\?[\"']?)"
              + "([^\\s\"'`,;&|<>(){}\\[\\]$\\\\]{8,512})");
  private static final String[] NAMES = {
    "password",
    "passwd",
    "passphrase",
    "pwd",
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
  private static final int SHORTEST_TOKEN = 15;

  private Leaks() {}

  /// Returns `text` with every secret in it replaced by [Redaction#MASK]; the same object when
  /// there is none.
  public static String masked(String text) {
    if (text.length() < 8) {
      return text;
    }
    String out = SecretScan.withoutPrivateKeys(text);
    if (hasLongWord(out)) {
      out = replaced(TokenShapes.known(out), out, 0);
    }
    if (out.indexOf("://") >= 0) {
      out = replaced(USER_INFO.matcher(out), out, 2);
    }
    out = assigned(out);
    if (out.indexOf("earer ") >= 0 || out.indexOf("asic ") >= 0 || out.indexOf("EARER ") >= 0) {
      out = replaced(BASIC.matcher(out), out, 2);
    }
    return out.equals(text) ? text : out;
  }

  /// Returns whether `value` is a secret when a field called `name` holds it.
  public static boolean isSecret(String name, String value) {
    return value.length() >= 6
        && value.length() <= 4_096
        && Redaction.isSecretName(name)
        && looksLikeOne(value);
  }

  /* Every token has a long word with a digit or a capital in it; most texts have none. */
  private static boolean hasLongWord(String text) {
    int run = 0;
    boolean mixed = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean high = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
      if (high || (c >= 'a' && c <= 'z') || c == '_' || c == '-' || c == '.' || c == '/') {
        run++;
        mixed |= high;
        if (run >= SHORTEST_TOKEN && mixed) {
          return true;
        }
      } else {
        run = 0;
        mixed = false;
      }
    }
    return false;
  }

  /* Only where something is assigned is looked for the name in front. */
  private static String assigned(String text) {
    Matcher matcher = null;
    StringBuilder out = null;
    int from = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if ((c != '=' && c != ':') || at < from) {
        continue;
      }
      int start = nameStart(text, at, from);
      if (at - start < 3) {
        continue;
      }
      matcher = matcher == null ? ASSIGNED.matcher(text) : matcher;
      matcher.region(start, Math.min(text.length(), at + 530));
      if (matcher.lookingAt() && looksLikeOne(matcher.group(2))) {
        out = out == null ? new StringBuilder(text.length()) : out;
        out.append(text, from, matcher.start(2)).append(Redaction.MASK);
        from = matcher.end(2);
      }
    }
    return out == null ? text : out.append(text, from, text.length()).toString();
  }

  /* Where the name of a secret begins that ends in front of `at`; `at` when there is none. */
  private static int nameStart(String text, int at, int from) {
    int end = at;
    while (end > from && at - end < 5 && " \t\\\"'".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    for (String name : NAMES) {
      int start = end - name.length();
      if (start >= from && text.regionMatches(true, start, name, 0, name.length())) {
        return start;
      }
    }
    return at;
  }

  private static String replaced(Matcher matcher, String text, int group) {
    StringBuilder out = null;
    int from = 0;
    while (matcher.find()) {
      String value = matcher.group(group);
      boolean plain = group == 0 ? Placeholders.isPlaceholder(value) : !looksLikeOne(value);
      if (!plain) {
        if (out == null) {
          out = new StringBuilder(text.length());
        }
        out.append(text, from, matcher.start(group)).append(Redaction.MASK);
        from = matcher.end(group);
      }
    }
    return out == null ? text : out.append(text, from, text.length()).toString();
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
