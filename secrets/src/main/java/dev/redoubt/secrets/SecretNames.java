// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.secrets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Decides from a name alone how much its value is expected to be a secret.
///
/// The last word decides, as in English: a `TOKEN_LIMIT` is a limit and a `SECRET_NAME` is a name.
/// Words are told apart by punctuation and by case (`clientSecret`).
final class SecretNames {

  /// What a name lets one expect.
  enum Expectation {
    /// Its value is a secret, whatever it looks like.
    SECRET,
    /// Its value is a secret if it looks random.
    PERHAPS,
    /// The name says that the value is something else: a file, a limit, an identifier.
    OTHER,
    /// The name says nothing.
    UNKNOWN
  }

  private static final Set<String> SECRET =
      Set.of(
          "token",
          "secret",
          "secrets",
          "password",
          "passwd",
          "pwd",
          "passphrase",
          "apikey",
          "authorization",
          "bearer",
          "cookie",
          "jwt",
          "credential",
          "credentials",
          "authtoken",
          "accesstoken",
          "apitoken",
          "privatekey",
          "secretkey",
          "clientsecret",
          "accesskey",
          "userpass",
          "dbpass");
  private static final Set<String> KEY_QUALIFIERS =
      Set.of(
          "api",
          "access",
          "secret",
          "private",
          "auth",
          "signing",
          "encryption",
          "service",
          "master",
          "account",
          "license",
          "subscription",
          "app",
          "application",
          "role",
          "admin",
          "anon",
          "storage",
          "shared");
  private static final Set<String> PERHAPS =
      Set.of(
          "key",
          "keys",
          "auth",
          "pat",
          "pass",
          "dsn",
          "session",
          "sid",
          "signature",
          "sig",
          "salt",
          "hash",
          "seed",
          "mnemonic",
          "code",
          "pin",
          "otp",
          "webhook",
          "creds",
          "id");
  private static final Set<String> OTHER =
      Set.of(
          "file",
          "path",
          "dir",
          "folder",
          "url",
          "uri",
          "endpoint",
          "host",
          "port",
          "name",
          "type",
          "limit",
          "length",
          "size",
          "count",
          "ttl",
          "timeout",
          "expiry",
          "expires",
          "min",
          "max",
          "enabled",
          "required",
          "env",
          "var",
          "header",
          "prefix",
          "suffix",
          "provider",
          "issuer",
          "algorithm",
          "format",
          "mode",
          "version",
          "region",
          "scope",
          "scopes",
          "field",
          "store",
          "tokens",
          "budget",
          "model",
          "method",
          "audience",
          "location",
          "interval",
          "variable",
          "source",
          "manager",
          "policy",
          "helper",
          "backend",
          "only",
          "level",
          "public",
          "publickey");

  private SecretNames() {}

  /// Returns what `name` lets one expect of its value.
  static Expectation of(String name) {
    List<String> words = words(name);
    if (words.isEmpty()) {
      return Expectation.UNKNOWN;
    }
    String last = words.getLast();
    if (words.size() > 1 && isNumber(last)) {
      words = words.subList(0, words.size() - 1);
      last = words.getLast();
    }
    if (words.size() > 1 && Set.of("max", "min", "num", "next").contains(words.getFirst())) {
      return Expectation.OTHER;
    }
    String before = words.size() > 1 ? words.get(words.size() - 2) : "";
    if (SECRET.contains(last) || endsInOne(last)) {
      return before.equals("public") ? Expectation.OTHER : Expectation.SECRET;
    }
    if (last.equals("string") && before.equals("connection")) {
      return Expectation.PERHAPS;
    }
    if (last.equals("key") && before.equals("public")) {
      return Expectation.OTHER;
    }
    if (last.equals("key") && KEY_QUALIFIERS.contains(before)) {
      return Expectation.SECRET;
    }
    if (PERHAPS.contains(last)) {
      return last.equals("id") ? Expectation.OTHER : Expectation.PERHAPS;
    }
    return OTHER.contains(last) ? Expectation.OTHER : Expectation.UNKNOWN;
  }

  /* "PGPASSWORD": no case or punctuation tells the words apart. */
  private static boolean endsInOne(String word) {
    return word.endsWith("password")
        || word.endsWith("passwd")
        || word.endsWith("passphrase")
        || word.endsWith("apikey");
  }

  private static boolean isNumber(String word) {
    return word.chars().allMatch(Character::isDigit);
  }

  private static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    String bounded = name.length() > 256 ? name.substring(name.length() - 256) : name;
    for (int i = 0; i < bounded.length(); i++) {
      char c = bounded.charAt(i);
      boolean starts = Character.isUpperCase(c) && i > 0 && isLower(bounded.charAt(i - 1));
      if (!Character.isLetterOrDigit(c) || starts) {
        add(words, word);
      }
      if (Character.isLetterOrDigit(c)) {
        word.append(c);
      }
    }
    add(words, word);
    return words;
  }

  private static boolean isLower(char c) {
    return Character.isLowerCase(c) || Character.isDigit(c);
  }

  private static void add(List<String> words, StringBuilder word) {
    if (!word.isEmpty()) {
      words.add(word.toString().toLowerCase(Locale.ROOT));
      word.setLength(0);
    }
  }
}
