// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.secrets;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Knows texts that stand for a secret without being one: references to a variable or a vault, and
/// what documentation puts where the reader's own secret goes.
final class Placeholders {

  private static final Pattern REFERENCE =
      Pattern.compile(
          String.join(
              "|",
              "\\$\\{\\{[^{}]{0,200}+\\}\\}",
              "\\$?\\{\\{[^{}]{0,200}+\\}\\}",
              "\\$\\{[^{}]{0,200}+\\}",
              "\\$\\([^()]{0,200}+\\)",
              "\\$env:[A-Za-z_]\\w{0,100}+",
              "(?<![A-Za-z0-9])\\$[A-Za-z_]\\w{0,100}+",
              "\\{(?:env|file|input|secret|var):[^{}]{1,200}+\\}",
              "%[A-Za-z_][A-Za-z0-9_()]{0,100}+%",
              "\\{[A-Za-z_][A-Za-z0-9_.: -]{0,100}+\\}",
              "<[^<>]{1,100}+>",
              "\\[[A-Za-z][A-Za-z _-]{1,60}+\\]"));
  private static final Pattern WHOLE_REFERENCE =
      Pattern.compile(
          "(?i)(?:op|vault|secret|bw|pass|keychain|keyring|akv|aws-sm|gcp-sm|azure-kv|ssm"
              + "|secretref|ref\\+[a-z]{2,20})://.*"
              + "|(?:env|input|file|cmd|keyring|keychain|secret|vault|secretref):[^\\s].*"
              + "|(?:process\\.)?env\\.[a-z_]\\w*|os\\.environ.*"
              + "|arn:aws[a-z-]*:(?:secretsmanager|ssm):.*"
              + "|![a-z]+ .*");
  private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Z][A-Z]*(?:_[A-Z]+)+");
  private static final Pattern FILLER =
      Pattern.compile("(?:[A-Za-z]{1,12}[-_])?(?:[xX]{3,}|[*.#•…_-]{3,}|0{6,})");
  private static final Set<String> WORDS =
      Set.of(
          "your",
          "example",
          "sample",
          "placeholder",
          "changeme",
          "insert",
          "replace",
          "replaceme",
          "dummy",
          "todo",
          "tbd",
          "redacted",
          "removed",
          "paste");
  private static final Set<String> EXACT =
      Set.of(
          "password",
          "passwd",
          "secret",
          "token",
          "apikey",
          "api_key",
          "api-key",
          "key",
          "value",
          "string",
          "n/a",
          "unset",
          "change-me",
          "change_me",
          "changeit",
          "bearer",
          "basic");

  private Placeholders() {}

  /// Returns `text` without the references in it, blank when it is nothing else.
  static String withoutReferences(String text) {
    String trimmed = text.strip();
    return WHOLE_REFERENCE.matcher(trimmed).matches()
        ? ""
        : REFERENCE.matcher(trimmed).replaceAll("").strip();
  }

  /// Returns whether `value` is written as the name of a variable, in the manner of `API_TOKEN`.
  static boolean isVariableName(String value) {
    return VARIABLE_NAME.matcher(value).matches();
  }

  /// Returns whether `value` only marks the place of a secret.
  static boolean isPlaceholder(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    if (EXACT.contains(lower) || FILLER.matcher(value).matches() || repeats(value)) {
      return true;
    }
    if (lower.contains("xxxx")
        || lower.contains("...")
        || lower.contains("***")
        || lower.contains("…")
        || lower.startsWith("your")
        || value.contains("EXAMPLE")
        || lower.endsWith("-here")
        || lower.endsWith("_here")
        || lower.endsWith(" here")) {
      return true;
    }
    if (isVariableName(value)) {
      return true;
    }
    for (String word : lower.split("[^a-z0-9]+", -1)) {
      if (WORDS.contains(word)) {
        return true;
      }
    }
    return lower.startsWith("change") && (lower.endsWith("me") || lower.endsWith("this"));
  }

  /* "sk-aaaaaaaaaaaaaaaaaaaaaaaa" */
  private static boolean repeats(String value) {
    return value.length() >= 12
        && value.substring(value.length() / 2).chars().distinct().count() <= 2;
  }
}
