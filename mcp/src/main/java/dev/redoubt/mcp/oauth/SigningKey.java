// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/// A private key that says who a client is.
///
/// @param algorithm `ES256` or `RS256`
public record SigningKey(String algorithm, PrivateKey key) {

  public SigningKey {
    requireNonNull(algorithm, "algorithm");
    requireNonNull(key, "key");
  }

  /// Returns the key that `pem` holds in PKCS #8, with or without the lines around it; empty when
  /// it holds none for `algorithm`.
  public static Optional<SigningKey> read(String pem, String algorithm) {
    String kind =
        switch (algorithm) {
          case "ES256" -> "EC";
          case "RS256" -> "RSA";
          default -> "";
        };
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s+", "");
    try {
      byte[] encoded = Base64.getDecoder().decode(base64);
      return kind.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new SigningKey(
                  algorithm,
                  KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded))));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /// Returns `claims` as a signed token.
  String sign(Node.Obj claims) throws AuthorizationException {
    String head =
        encoded("{\"alg\":\"%s\",\"typ\":\"JWT\"}".formatted(algorithm).getBytes(UTF_8))
            + "."
            + encoded(JsonText.of(claims).getBytes(UTF_8));
    try {
      Signature signature =
          Signature.getInstance(
              algorithm.equals("ES256") ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
      signature.initSign(key);
      signature.update(head.getBytes(UTF_8));
      return head + "." + encoded(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AuthorizationException("the key of the client cannot sign with " + algorithm);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "key for " + algorithm;
  }
}
