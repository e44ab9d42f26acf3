// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.python;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One requirement: a name with what is asked of its version, or with the place it comes from.
///
/// @param name as written
/// @param specifier the version clauses joined by `,`, empty for any version
/// @param url the place behind `@`, or null
record Requirement(String name, String specifier, @Nullable String url) {

  private static final List<String> OPERATORS =
      List.of("===", "==", "~=", "!=", "<=", ">=", "<", ">");

  /// Returns the requirement that `text` is, in the manner of `requests[socks] >=2; os_name=="nt"`;
  /// empty when it is none. The marker behind `;` is dropped.
  static Optional<Requirement> parse(String text) {
    int nameEnd = 0;
    while (nameEnd < text.length() && isNamePart(text.charAt(nameEnd))) {
      nameEnd++;
    }
    String name = text.substring(0, nameEnd);
    if (!PypiName.isName(name)) {
      return Optional.empty();
    }
    String rest = text.substring(nameEnd).strip();
    if (rest.startsWith("[")) {
      int close = rest.indexOf(']');
      if (close < 0) {
        return Optional.empty();
      }
      rest = rest.substring(close + 1).strip();
    }
    if (rest.startsWith("@")) {
      String url = beforeMarker(rest.substring(1).strip());
      return url.isEmpty() ? Optional.empty() : Optional.of(new Requirement(name, "", url));
    }
    int semicolon = rest.indexOf(';');
    String specifier = (semicolon < 0 ? rest : rest.substring(0, semicolon)).strip();
    if (specifier.startsWith("(") && specifier.endsWith(")")) {
      specifier = specifier.substring(1, specifier.length() - 1).strip();
    }
    return clauses(specifier).allMatch(Requirement::isClause)
        ? Optional.of(new Requirement(name, specifier, null))
        : Optional.empty();
  }

  /// Returns the place `text` starts with: a marker needs a blank before its `;`, since a URL may
  /// hold one.
  static String beforeMarker(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        return text.substring(0, i);
      }
    }
    return text;
  }

  String normalName() {
    return PypiName.normal(name);
  }

  /// Returns the one version that satisfies the requirement: `==` without a wildcard, or `===`.
  Optional<String> pinned() {
    List<String> exact =
        clauses(specifier)
            .filter(clause -> clause.startsWith("=="))
            .map(clause -> clause.substring(clause.startsWith("===") ? 3 : 2).strip())
            .filter(version -> !version.endsWith("*") && !version.contains("$"))
            .filter(version -> version.chars().allMatch(Requirement::isVersionPart))
            .distinct()
            .toList();
    return exact.size() == 1 ? Optional.of(exact.getFirst()) : Optional.empty();
  }

  /// Returns the requirement as it should be quoted, without a place that may hold a secret.
  @Override
  public String toString() {
    return PypiName.quotable(url == null ? name + specifier.replace(" ", "") : name);
  }

  private static Stream<String> clauses(String specifier) {
    return Stream.of(specifier.split(",", -1)).map(String::strip).filter(it -> !it.isEmpty());
  }

  private static boolean isClause(String clause) {
    for (String operator : OPERATORS) {
      if (clause.startsWith(operator)) {
        String version = clause.substring(operator.length()).strip();
        return !version.isEmpty() && version.chars().allMatch(Requirement::isVersionPart);
      }
    }
    return false;
  }

  /* Braces and the dollar sign belong to an environment variable, which is never expanded. */
  private static boolean isVersionPart(int c) {
    return PypiName.isAlphanumeric(c) || ".-_+!*${}".indexOf(c) >= 0;
  }

  private static boolean isNamePart(char c) {
    return PypiName.isAlphanumeric(c) || c == '.' || c == '-' || c == '_';
  }
}
