// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.secrets;

import dev.redoubt.model.Credential.Form;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Decides whether a text is a secret, refers to one, or is none.
///
/// Both the name and the value are looked at. A value in the shape of a known issuer's token is a
/// secret under any name; a value under the name of a secret is one unless it is a path, an
/// address, a switch or a placeholder; under a name that says nothing only what looks drawn at
/// random is one. Texts are judged by their first 16,384 characters.
public final class SecretText {

  /// What stands in the place of a secret.
  public static final String MASK = "***";

  private static final int JUDGED = 16_384;
  private static final Pattern SCHEME =
      Pattern.compile("(?i)(?:bearer|basic|token|apikey|api-key|bot|digest|pat)\\s+(?=\\S)");
  private static final Pattern PATH =
      Pattern.compile("(?:~|\\.{1,2})?[/\\\\].*|[A-Za-z]:[/\\\\].*|~", Pattern.DOTALL);
  private static final Pattern FILE_NAME =
      Pattern.compile(
          "(?i)[\\w.-]{1,200}\\.(?:json|pem|key|crt|cer|p12|pfx|txt|ya?ml|toml|ini|env|db)");
  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{1,30}://.*");
  private static final Set<String> SWITCHES =
      Set.of(
          "true",
          "false",
          "yes",
          "no",
          "on",
          "off",
          "0",
          "1",
          "none",
          "null",
          "oauth",
          "oauth2",
          "default",
          "auto",
          "required",
          "optional",
          "disabled",
          "enabled",
          "anonymous",
          "env");

  /* name, separator, value: as in a shell assignment, a header, a JSON or YAML field. */
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(?i)([A-Za-z0-9_.-]{0,60}(?:token|secret|passw(?:or)?d|pwd|api[_-]?key|access[_-]?key"
              + "|private[_-]?key|authorization))([\"']?[ \\t]{0,3}(?:[:=]|[ \\t])[ \\t]{0,3}[\"']?"
              + "(?:bearer |basic |token )?)([^\\s\"',;&|<>)]{6,})");
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\\s\"'<>`)]{1,2000}");
  private static final Pattern OPAQUE = Pattern.compile("[A-Za-z0-9+/=_-]{32,512}");

  private SecretText() {}

  /// Returns what `value` is when `name` names it.
  public static Form form(String name, String value) {
    String bare = bare(value);
    String rest = Placeholders.withoutReferences(bare);
    boolean refers = !rest.equals(bare);
    if (rest.isBlank()) {
      return Form.REFERENCE;
    }
    if (hasKnownToken(bare)) {
      return Form.LITERAL_SECRET;
    }
    if (URL.matcher(rest).matches()) {
      Form inUrl = SecretUrl.form(bare);
      return inUrl == Form.PLAIN && refers ? Form.REFERENCE : inUrl;
    }
    if (Placeholders.isPlaceholder(rest)) {
      return Form.REFERENCE;
    }
    if (isSecret(name, rest, refers)) {
      return Form.LITERAL_SECRET;
    }
    return refers ? Form.REFERENCE : Form.PLAIN;
  }

  /// Returns what the variable or header `name` holds: in the manner of [#form], a plain switch
  /// told apart by whether it is on or off.
  public static Form ofVariable(String name, String value) {
    Form form = form(name, value);
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "0", "false", "no", "off" -> form == Form.PLAIN ? Form.OFF : form;
      case "1", "true", "yes", "on" -> form == Form.PLAIN ? Form.ON : form;
      default -> form;
    };
  }

  /// Returns `value` as it may be shown under `name`.
  ///
  /// Stricter than [#form], since a wrong guess here would show a secret: under the name of one
  /// everything is hidden but references, names of variables, paths, switches and short words.
  static String shown(String name, String value) {
    String bare = bare(value);
    if (URL.matcher(bare).matches()) {
      return SecretUrl.redact(value);
    }
    if (form(name, value) == Form.LITERAL_SECRET) {
      return MASK;
    }
    String rest = Placeholders.withoutReferences(bare);
    boolean harmless =
        rest.length() < 4
            || SWITCHES.contains(rest.toLowerCase(Locale.ROOT))
            || isAddressOrPath(rest)
            || Placeholders.isVariableName(rest);
    boolean hidden =
        switch (SecretNames.of(name)) {
          case SECRET -> true;
          case PERHAPS -> rest.chars().anyMatch(Character::isDigit);
          case OTHER, UNKNOWN -> false;
        };
    return hidden && !harmless ? MASK : redact(value);
  }

  /// Returns the secret inside `value`: without quotes and without an authentication scheme such as
  /// `Bearer` in front.
  public static String bare(String value) {
    String text = value.length() > JUDGED ? value.substring(0, JUDGED) : value;
    text = text.strip();
    if (text.length() >= 2 && "\"'`".indexOf(text.charAt(0)) >= 0) {
      text =
          text.charAt(text.length() - 1) == text.charAt(0)
              ? text.substring(1, text.length() - 1)
              : text;
    }
    Matcher scheme = SCHEME.matcher(text);
    return scheme.lookingAt() ? text.substring(scheme.end()) : text;
  }

  /// Returns `text` with every secret in it replaced by [#MASK]: tokens of known issuers, values
  /// assigned to secret names, credentials in addresses, and long random words.
  public static String redact(String text) {
    String out = TokenShapes.known(text).replaceAll(Matcher.quoteReplacement(MASK));
    out =
        ADDRESS
            .matcher(out)
            .replaceAll(found -> Matcher.quoteReplacement(SecretUrl.redact(found.group())));
    out =
        ASSIGNMENT
            .matcher(out)
            .replaceAll(found ->
                Matcher.quoteReplacement(
                    isAssigned(found.group(1), found.group(2), found.group(3))
                        ? found.group(1) + found.group(2) + MASK
                        : found.group()));
    return OPAQUE
        .matcher(out)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                TokenShapes.isRandom(found.group()) && found.group().indexOf('/') < 0
                    ? MASK
                    : found.group()));
  }

  /* Prose such as "the token expires" has a blank between name and value; only a value that looks
  drawn at random counts there. A flag such as "--token" is no prose. */
  private static boolean isAssigned(String name, String separator, String value) {
    boolean prose =
        separator.indexOf('=') < 0 && separator.indexOf(':') < 0 && !name.startsWith("-");
    return prose
        ? TokenShapes.isOpaque(value) && !isAddressOrPath(value)
        : form(name, value) == Form.LITERAL_SECRET;
  }

  private static boolean isSecret(String name, String value, boolean refers) {
    return switch (SecretNames.of(name)) {
      case SECRET -> refers ? TokenShapes.isRandom(value) : isSecretUnderItsName(value);
      case PERHAPS -> TokenShapes.isOpaque(value) && !isAddressOrPath(value);
      case OTHER -> false;
      case UNKNOWN -> TokenShapes.isRandom(value) && !isAddressOrPath(value);
    };
  }

  private static boolean isSecretUnderItsName(String value) {
    if (SWITCHES.contains(value.toLowerCase(Locale.ROOT))) {
      return false;
    }
    return !isAddressOrPath(value) || TokenShapes.isRandom(value);
  }

  private static boolean isAddressOrPath(String value) {
    return PATH.matcher(value).matches() || FILE_NAME.matcher(value).matches();
  }

  private static boolean hasKnownToken(String value) {
    Matcher known = TokenShapes.known(value);
    while (known.find()) {
      if (!Placeholders.isPlaceholder(known.group())) {
        return true;
      }
    }
    return false;
  }
}
