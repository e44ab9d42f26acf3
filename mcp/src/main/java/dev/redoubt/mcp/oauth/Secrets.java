// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// Makes texts that nobody can guess. Safe to share.
public final class Secrets {

  private static final int BYTES = 32;

  private final SecureRandom random;

  public Secrets(SecureRandom random) {
    this.random = requireNonNull(random, "random");
  }

  /// Returns one, of letters, digits, `-` and `_`.
  public String text() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Returns what is shown of `secret` before the secret itself is (PKCE, S256).
  static String challenge(String secret) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
