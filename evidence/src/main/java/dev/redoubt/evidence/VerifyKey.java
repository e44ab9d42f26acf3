// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The public half of a signing key. Immutable.
public final class VerifyKey {

  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";

  /* RFC 8410: the DER in front of the 32 bytes of every Ed25519 public key. */
  private static final byte[] DER = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final int RAW = 32;

  private final byte[] raw;
  private final String id;

  private VerifyKey(byte[] raw) {
    this.raw = raw;
    this.id = HexFormat.of().formatHex(Sha256.of(raw), 0, 8);
  }

  /// Returns the keys in `pem`: every block of an Ed25519 public key, in order. Other blocks and
  /// text around them are skipped.
  public static List<VerifyKey> readPem(String pem) {
    List<VerifyKey> keys = new ArrayList<>();
    int from = pem.indexOf(BEGIN);
    while (from >= 0) {
      int end = pem.indexOf(END, from);
      if (end < 0) {
        break;
      }
      String body = pem.substring(from + BEGIN.length(), end);
      try {
        ofDer(Base64.getMimeDecoder().decode(body)).ifPresent(keys::add);
      } catch (IllegalArgumentException e) {
        // No base64, so no key; what remains is read all the same.
      }
      from = pem.indexOf(BEGIN, end);
    }
    return keys;
  }

  static Optional<VerifyKey> ofBase64(String base64) {
    try {
      byte[] raw = Base64.getDecoder().decode(base64);
      return raw.length == RAW ? Optional.of(new VerifyKey(raw)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static VerifyKey of(PublicKey key) {
    return ofDer(key.getEncoded())
        .orElseThrow(() -> new IllegalArgumentException("not an Ed25519 key"));
  }

  private static Optional<VerifyKey> ofDer(byte[] der) {
    boolean ed25519 =
        der.length == DER.length + RAW && Arrays.equals(der, 0, DER.length, DER, 0, DER.length);
    return ed25519
        ? Optional.of(new VerifyKey(Arrays.copyOfRange(der, DER.length, der.length)))
        : Optional.empty();
  }

  /// Returns the first 16 hex digits of the SHA-256 of its 32 raw bytes.
  public String id() {
    return id;
  }

  /// Returns it as a PEM block, as `openssl pkey -pubin` reads it.
  public String pem() {
    return BEGIN + "\n" + Base64.getEncoder().encodeToString(der()) + "\n" + END + "\n";
  }

  /// Returns its 32 raw bytes in base64.
  public String base64() {
    return Base64.getEncoder().encodeToString(raw);
  }

  /// Returns whether `signature`, base64, is this key's over `message`.
  boolean verifies(byte[] message, String signature) {
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der())));
      check.update(message);
      byte[] bytes = Base64.getDecoder().decode(signature.getBytes(US_ASCII));
      // Only the one way to write it: base64 has spare bits at its end.
      return Base64.getEncoder().encodeToString(bytes).equals(signature) && check.verify(bytes);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private byte[] der() {
    byte[] der = Arrays.copyOf(DER, DER.length + RAW);
    System.arraycopy(raw, 0, der, DER.length, RAW);
    return der;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifyKey key && Arrays.equals(raw, key.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  @Override
  public String toString() {
    return id;
  }
}
