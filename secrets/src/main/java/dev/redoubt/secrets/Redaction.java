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
  private static final List<String> HINTS =
      List.of(
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
          "code",
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
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isTokenCharacter(c)) {
        run++;
        if (run >= SHORTEST_TOKEN) {
          return true;
        }
      } else {
        run = 0;
      }
      if (isHintAt(text, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHintAt(String text, int at) {
    for (String hint : HINTS) {
      if ((text.charAt(at) | 0x20) == (hint.charAt(0) | 0x20)
          && text.regionMatches(true, at, hint, 0, hint.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTokenCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_-.=+:".indexOf(c) >= 0;
  }
}
