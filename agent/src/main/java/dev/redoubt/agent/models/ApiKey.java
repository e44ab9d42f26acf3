// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.sandbox.network.WebHeader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A key for a provider. Shows itself to nobody but the provider: not in a text form, and not in
/// what a provider says that quotes it.
public final class ApiKey {

  private static final int LONGEST = 8000;

  /* What people type where a key is not looked at, `x` or `none`; to mask it would only garble. */
  private static final int SHORTEST_SECRET = 8;

  private final String secret;

  private ApiKey(String secret) {
    this.secret = secret;
  }

  /// Returns the key, blanks and line breaks around it removed.
  ///
  /// @throws IllegalArgumentException if it is empty or cannot stand in a header; never quotes it
  public static ApiKey of(String text) {
    String secret = text.strip();
    if (!isVisible(secret)) {
      throw new IllegalArgumentException(
          "a key is 1 to %d visible ASCII characters".formatted(LONGEST));
    }
    return new ApiKey(secret);
  }

  private static boolean isVisible(String secret) {
    for (int i = 0; i < secret.length(); i++) {
      if (secret.charAt(i) <= ' ' || secret.charAt(i) > '~') {
        return false;
      }
    }
    return !secret.isEmpty() && secret.length() <= LONGEST;
  }

  /// Returns the header `name` with the key after `before`.
  WebHeader header(String name, String before) {
    return WebHeader.secret(name, before + secret);
  }

  /// Returns `text` with the key in it masked, unless it is too short to be a secret.
  String masked(String text) {
    return secret.length() < SHORTEST_SECRET ? text : text.replace(secret, "***");
  }

  /// Returns the key itself, to be stored by whoever keeps keys.
  public String reveal() {
    return secret;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ApiKey key
        && MessageDigest.isEqual(
            secret.getBytes(StandardCharsets.UTF_8), key.secret.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "***";
  }
}
