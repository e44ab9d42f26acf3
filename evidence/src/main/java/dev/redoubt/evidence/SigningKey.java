// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// A private key and its public half.
final class SigningKey {

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private final PrivateKey secret;
  private final VerifyKey open;

  private SigningKey(PrivateKey secret, VerifyKey open) {
    this.secret = secret;
    this.open = open;
  }

  static SigningKey generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new SigningKey(pair.getPrivate(), VerifyKey.of(pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  /// Returns the key that [#pem()] wrote.
  ///
  /// @throws IllegalArgumentException if `pem` is none
  static SigningKey readPem(String pem) {
    int from = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    List<VerifyKey> open = VerifyKey.readPem(pem);
    if (from < 0 || end < from || open.size() != 1) {
      throw new IllegalArgumentException("is not a private and a public key in PEM");
    }
    byte[] der = Base64.getMimeDecoder().decode(pem.substring(from + BEGIN.length(), end));
    try {
      PrivateKey secret =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
      return new SigningKey(secret, open.getFirst());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("is not an Ed25519 key", e);
    }
  }

  /// Returns the private key and after it the public one.
  String pem() {
    String body = Base64.getEncoder().encodeToString(secret.getEncoded());
    return BEGIN + "\n" + body + "\n" + END + "\n" + open.pem();
  }

  VerifyKey open() {
    return open;
  }

  String id() {
    return open.id();
  }

  /// Returns the signature over `message` in base64.
  String sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update(message);
      return new String(Base64.getEncoder().encode(signature.sign()), US_ASCII);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key signs anything", e);
    }
  }
}
