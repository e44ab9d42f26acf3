// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.python;

import dev.redoubt.model.Hash;
import dev.redoubt.model.Purl;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How the Python index names things: the one spelling of a package, its purl, a stated hash.
final class PypiName {

  private static final int LONGEST_QUOTE = 80;
  private static final int LONGEST_NAME = 256;

  private PypiName() {}

  /// Returns `name` in lower case with each run of `-`, `_` and `.` as one `-`.
  static String normal(String name) {
    StringBuilder normal = new StringBuilder(name.length());
    boolean separated = false;
    for (char c : name.strip().toLowerCase(Locale.ROOT).toCharArray()) {
      boolean separator = c == '-' || c == '_' || c == '.';
      if (!separator) {
        normal.append(c);
      } else if (!separated) {
        normal.append('-');
      }
      separated = separator;
    }
    return normal.toString();
  }

  static Purl purl(String name, @Nullable String version) {
    return Purl.of("pypi", null, normal(name), version);
  }

  /// Returns whether `name` may be the name of a package: letters, digits, `.`, `-` and `_`, with a
  /// letter or digit at both ends.
  static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && isAlphanumeric(name.charAt(0))
        && isAlphanumeric(name.charAt(name.length() - 1))
        && name.chars().allMatch(c -> isAlphanumeric(c) || c == '.' || c == '-' || c == '_');
  }

  static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /// Returns the hash written as `sha256:…`; a digest without an algorithm is SHA-256.
  static Optional<Hash> hash(String written) {
    int colon = written.indexOf(':');
    String algorithm = colon < 0 ? "sha256" : written.substring(0, colon);
    String value = written.substring(colon + 1).strip();
    return algorithm.isBlank() || value.isEmpty()
        ? Optional.empty()
        : Optional.of(new Hash(algorithm.strip().toLowerCase(Locale.ROOT), value));
  }

  /// Returns `text`, cut when it is too long to quote in a gap.
  static String quotable(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }
}
