// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import dev.redoubt.model.Purl;
import dev.redoubt.model.PurlException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The name of an npm package, `name` or `@scope/name`.
final class NpmName {

  private static final int LONGEST = 214;

  private NpmName() {}

  /// Returns the purl of a package, or empty when `name` is none that the npm registry ever took.
  static Optional<Purl> purl(String name, @Nullable String version) {
    return purl("npm", name, version);
  }

  /// Returns the purl of a package of the JSR registry, or empty when `name` has no scope or
  /// another flaw.
  static Optional<Purl> jsr(String name, @Nullable String version) {
    return name.startsWith("@") ? purl("jsr", name, version) : Optional.empty();
  }

  private static Optional<Purl> purl(String type, String name, @Nullable String version) {
    if (!isValid(name)) {
      return Optional.empty();
    }
    int slash = name.indexOf('/');
    String scope = slash < 0 ? null : name.substring(0, slash);
    try {
      return Optional.of(Purl.of(type, scope, name.substring(slash + 1), version));
    } catch (PurlException e) {
      return Optional.empty();
    }
  }

  /// Returns whether the registry could ever have held `name`: old names may have capitals and a
  /// few marks that new ones may not.
  static boolean isValid(String name) {
    int slash = name.indexOf('/');
    boolean scoped = name.startsWith("@");
    if (name.length() > LONGEST || scoped != slash > 0) {
      return false;
    }
    return scoped
        ? isWord(name.substring(1, slash)) && isWord(name.substring(slash + 1))
        : isWord(name);
  }

  private static boolean isWord(String word) {
    if (word.isEmpty() || word.startsWith(".")) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && "-_.!~*'()".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
