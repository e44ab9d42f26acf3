// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import java.util.Locale;

/// When two package names of an ecosystem mean the same package.
enum NameRule {
  /// Only when they are written alike.
  EXACT,
  /// Whatever the case of the letters.
  ANY_CASE,
  /// Whatever the case, with `_` as good as `-`: crates.io gives the name only once.
  ANY_CASE_AND_HYPHEN,
  /// PEP 503: whatever the case, with any run of `-`, `_` and `.` as good as one `-`.
  PEP_503,
  /// Addresses of repositories: whatever the case, the scheme and a final `.git`.
  REPOSITORY;

  /// Returns the rule of an ecosystem, exact for one that is not known.
  static NameRule of(String ecosystem) {
    return switch (ecosystem) {
      case "PyPI" -> PEP_503;
      case "crates.io" -> ANY_CASE_AND_HYPHEN;
      case "SwiftURL" -> REPOSITORY;
      // Go and npm names are case-sensitive, but their purls are written in lower case.
      case "npm", "Go", "NuGet", "Packagist", "Hex", "Pub", "GitHub Actions", "Bitnami" -> ANY_CASE;
      default -> EXACT;
    };
  }

  /// Returns the one form that all names of the same package share; the same object when `name` has
  /// that form already.
  String normalise(String name) {
    return switch (this) {
      case EXACT -> name;
      case ANY_CASE -> name.toLowerCase(Locale.ROOT);
      case ANY_CASE_AND_HYPHEN -> name.toLowerCase(Locale.ROOT).replace('_', '-');
      case PEP_503 -> pep503(name);
      case REPOSITORY -> repository(name.toLowerCase(Locale.ROOT));
    };
  }

  private static String repository(String address) {
    int scheme = address.indexOf("://");
    String path = scheme < 0 ? address : address.substring(scheme + 3);
    return path.endsWith(".git") ? path.substring(0, path.length() - 4) : path;
  }

  private static String pep503(String name) {
    boolean separator = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_' || c == '.' || (c == '-' && separator) || (c >= 'A' && c <= 'Z') || c > 0x7F) {
        return joined(name.toLowerCase(Locale.ROOT));
      }
      separator = c == '-';
    }
    return name;
  }

  private static String joined(String name) {
    StringBuilder joined = new StringBuilder(name.length());
    boolean separator = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean isSeparator = c == '-' || c == '_' || c == '.';
      if (!isSeparator) {
        joined.append(c);
      } else if (!separator) {
        joined.append('-');
      }
      separator = isSeparator;
    }
    return joined.toString();
  }
}
