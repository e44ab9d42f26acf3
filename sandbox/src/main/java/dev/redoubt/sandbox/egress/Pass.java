// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Says who may use a proxy: everybody who reaches it, or whoever knows its token.
final class Pass {

  static final String USER = "redoubt";

  private static final int TOKEN_BYTES = 32;

  private final @Nullable String token;

  private Pass(@Nullable String token) {
    this.token = token;
  }

  /// Lets everybody in who reaches the socket.
  static Pass open() {
    return new Pass(null);
  }

  /// Lets in who knows a token that is made now.
  static Pass random() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Pass(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  boolean isOpen() {
    return token == null;
  }

  /// Returns the token, empty when there is none.
  String token() {
    return token == null ? "" : token;
  }

  /// Says whether the value of a `Proxy-Authorization` header, or null for none, lets in.
  boolean admits(@Nullable String authorization) {
    if (token == null) {
      return true;
    }
    if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return false;
    }
    try {
      byte[] given = Base64.getDecoder().decode(authorization.substring(6).trim());
      return MessageDigest.isEqual(given, (USER + ":" + token).getBytes(ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Says whether `user` with `password` lets in.
  boolean admits(byte[] user, byte[] password) {
    if (token == null) {
      return true;
    }
    boolean known = MessageDigest.isEqual(user, USER.getBytes(ISO_8859_1));
    return MessageDigest.isEqual(password, token.getBytes(ISO_8859_1)) && known;
  }
}
