// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Digests of secrets that are equal for equal secrets on one machine and worth nothing elsewhere.
///
/// HMAC-SHA-256 under a key that stays on the machine, cut to 64 bits: enough to see that two
/// configurations share a secret, too little to confirm a guess without the key. Immutable and safe
/// to share.
public final class Fingerprints {

  /// Gives no fingerprints: for a scan that has no key.
  public static final Fingerprints NONE = new Fingerprints(null);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEPT_BYTES = 8;

  private final @Nullable SecretKeySpec key;

  private Fingerprints(@Nullable SecretKeySpec key) {
    this.key = key;
  }

  /// Returns fingerprints under `key`, which is copied.
  ///
  /// @param key at least 16 bytes
  public static Fingerprints withKey(byte[] key) {
    if (key.length < 16) {
      throw new IllegalArgumentException(
          "a fingerprint key of %d bytes is below 16".formatted(key.length));
    }
    return new Fingerprints(new SecretKeySpec(key, ALGORITHM));
  }

  /// Returns 16 hexadecimal digits for `secret`, or null when there is no key.
  public @Nullable String of(String secret) {
    if (key == null) {
      return null;
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(secret.getBytes(UTF_8)), 0, KEPT_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
