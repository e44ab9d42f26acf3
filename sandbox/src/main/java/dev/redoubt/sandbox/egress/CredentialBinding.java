// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.network.NetworkMatcher;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/// A credential that programs know only by a placeholder.
///
/// The proxy puts the value in where the placeholder stands in a header of a request that surely is
/// one of `where`. To every other server the placeholder goes as it is.
///
/// @param placeholder at least 16 letters, digits, hyphens and underscores, so that it stands in no
///   text by chance
/// @param where the requests that may carry the value
/// @param value asked for each time it is needed; visible ASCII
public record CredentialBinding(String placeholder, NetworkMatcher where, Supplier<String> value) {

  private static final int SHORTEST = 16;
  private static final int RANDOM_BYTES = 24;

  /// Returns one with a placeholder that nobody can guess.
  ///
  /// @param value as in the record
  public static CredentialBinding hidden(NetworkMatcher where, Supplier<String> value) {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new CredentialBinding(
        "redoubt-credential-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
        where,
        value);
  }

  public CredentialBinding {
    requireNonNull(placeholder, "placeholder");
    requireNonNull(where, "where");
    requireNonNull(value, "value");
    if (placeholder.length() < SHORTEST) {
      throw new IllegalArgumentException(
          "a placeholder has at least %d characters".formatted(SHORTEST));
    }
    for (int i = 0; i < placeholder.length(); i++) {
      char c = placeholder.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && c != '-' && c != '_') {
        throw new IllegalArgumentException(
            "a placeholder has letters, digits, hyphens and underscores only");
      }
    }
  }

  @Override
  public String toString() {
    return "%s for %s".formatted(placeholder, where.hosts().text());
  }
}
