// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Seals what a client carries for the server from one request to the next, so that it can be
/// neither changed nor used for another thing. A client can still bring an old one again: what must
/// happen once only does not belong there. The key ends with the process.
final class StateSeal {

  private static final String KIND = "HmacSHA256";
  private static final int LONGEST = 64 << 10;

  private final byte[] key = new byte[32];

  StateSeal() {
    new SecureRandom().nextBytes(key);
  }

  /// @param subject the request that it belongs to
  String seal(String subject, String state) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString(state.getBytes(UTF_8))
        + "."
        + encoder.encodeToString(mac(subject, state));
  }

  /// Returns the state; empty when it was not sealed here for this.
  Optional<String> open(String subject, String sealed) {
    int dot = sealed.indexOf('.');
    if (dot < 0 || sealed.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      Base64.Decoder decoder = Base64.getUrlDecoder();
      String state = new String(decoder.decode(sealed.substring(0, dot)), UTF_8);
      return MessageDigest.isEqual(decoder.decode(sealed.substring(dot + 1)), mac(subject, state))
          ? Optional.of(state)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private byte[] mac(String subject, String state) {
    try {
      Mac mac = Mac.getInstance(KIND);
      mac.init(new SecretKeySpec(key, KIND));
      mac.update(subject.getBytes(UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(state.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + KIND, e);
    }
  }
}
