// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.secrets;

import java.util.ArrayList;
import java.util.List;

/* Most texts hold nothing, and a hook has a few milliseconds: a text is first looked through for
 * what every secret has, a long word or the name of one, and only then read by the patterns. */
/// Masks secrets in what is written down for good.
///
/// Stricter than [SecretText]: a report shows as much as it can, a log hides whatever may be a
/// secret. Names stay, and so do references such as `${TOKEN}`. Nothing is kept.
public final class Redaction {

  /// What stands in the place of a secret.
  public static final String MASK = SecretText.MASK;

  private static final int SHORTEST_TOKEN = 15;
  private static final List<List<String>> HINTS =
      hints(
          "pass",
          "pwd",
          "pw",
          "secret",
          "token",
          "key",
          "auth",
          "cred",
          "cookie",
          "bearer",
          "jwt",
          "://",
          "-----begin",
          "whsec",
          "sntry",
          "-u",
          "-p",
          "-a",
          "-w",
          "sig",
          "code=",
          "code:",
          "code\"",
          "otp",
          "pin",
          "dsn",
          "sid",
          "session",
          "webhook",
          "seed",
          "mnemonic",
          "salt",
          "pat");

  private Redaction() {}

  /// Returns whether whatever `name` names is a secret.
  public static boolean isSecretName(String name) {
    return SecretNames.of(name) == SecretNames.Expectation.SECRET;
  }

  /// Returns `value` as it may be written down under `name`.
  public static String value(String name, String value) {
    return switch (SecretNames.of(name)) {
      case SECRET -> SecretScan.isHarmless(value) ? value : MASK;
      case PERHAPS -> SecretScan.mayBeSecret(value) ? MASK : text(value);
      case OTHER, UNKNOWN -> text(value);
    };
  }

  /// Returns the words of a command line as they may be written down.
  public static List<String> arguments(List<String> words) {
    List<String> shown = new ArrayList<>(words.size());
    ProgramSecrets program = new ProgramSecrets();
    for (String word : words) {
      String masked = program.masked(word);
      shown.add(masked.equals(word) ? text(word) : masked);
    }
    return shown;
  }

  /// Returns `text`, of any kind and language, as it may be written down.
  public static String text(String text) {
    if (!mayHold(text)) {
      return text;
    }
    return SecretText.redact(SecretScan.masked(SecretScan.withoutPrivateKeys(text)));
  }

  private static boolean mayHold(String text) {
    if (isDigest(text)) {
      return false;
    }
    int run = 0;
    boolean mixed = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isTokenCharacter(c)) {
        run++;
        // Twenty lower-case letters and not one digit or capital are words, not chance.
        mixed |= c <= 'Z' && (c >= 'A' || (c >= '0' && c <= '9'));
        if (run >= SHORTEST_TOKEN && mixed) {
          return true;
        }
      } else {
        run = 0;
        mixed = false;
      }
      if (isHintAt(text, i, c)) {
        return true;
      }
    }
    return false;
  }

  /* The digests that stand in every entry: no issuer's token is hex alone and that long. */
  private static boolean isDigest(String text) {
    if (text.length() != 64 && text.length() != 40) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHintAt(String text, int at, char c) {
    if (c < 128) {
      for (String hint : HINTS.get(c | 0x20)) {
        if (text.regionMatches(true, at, hint, 0, hint.length())) {
          return true;
        }
      }
    }
    return false;
  }

  /* By their first character. */
  private static List<List<String>> hints(String... hints) {
    List<List<String>> byFirst = new ArrayList<>();
    for (int i = 0; i < 128; i++) {
      byFirst.add(List.of());
    }
    for (String hint : hints) {
      int first = hint.charAt(0) | 0x20;
      List<String> more = new ArrayList<>(byFirst.get(first));
      more.add(hint);
      byFirst.set(first, List.copyOf(more));
    }
    return byFirst;
  }

  private static boolean isTokenCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_-.=+:".indexOf(c) >= 0;
  }
}
