// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.redoubt.guard.network.Host;
import dev.redoubt.guard.network.IpAddress;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// Writes X.509 certificates (RFC 5280) with an elliptic key: one authority, and servers that it
/// vouches for.
final class CertificateWriter {

  private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
  private static final byte[] COMMON_NAME = Der.oid("2.5.4.3");
  private static final String KEY_ID = "2.5.29.14";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String OTHER_NAMES = "2.5.29.17";
  private static final String CONSTRAINTS = "2.5.29.19";
  private static final String AUTHORITY_KEY_ID = "2.5.29.35";
  private static final String EXTENDED_USAGE = "2.5.29.37";
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";

  /// Clocks of a sandbox may be behind.
  private static final Duration EARLIER = Duration.ofHours(1);

  private final KeyPair authority;
  private final byte[] issuer;
  private final Instant start;
  private final Instant end;
  private final SecureRandom random = new SecureRandom();

  /// @param name of the authority
  CertificateWriter(KeyPair authority, String name, Instant now, Duration life) {
    this.authority = authority;
    this.issuer = name(name);
    this.start = now.minus(EARLIER);
    this.end = now.plus(life);
  }

  /// Returns the certificate of the authority by itself.
  X509Certificate authority() throws GeneralSecurityException {
    PublicKey key = authority.getPublic();
    byte[] extensions =
        Der.sequence(
            extension(
                CONSTRAINTS, true, Der.sequence(Der.bool(true), Der.integer(BigInteger.ZERO))),
            // keyCertSign
            extension(KEY_USAGE, true, Der.bits(new byte[] {0x04}, 2)),
            extension(KEY_ID, false, Der.octets(keyId(key))));
    return certificate(issuer, key, extensions);
  }

  /// Returns the certificate of the server `host` with `key`.
  X509Certificate server(Host host, PublicKey key) throws GeneralSecurityException {
    byte[] name =
        switch (host) {
          case Host.Name(String text) -> Der.tagged(0x82, text.getBytes(US_ASCII));
          case Host.Address(IpAddress address) -> Der.tagged(0x87, address.bytes());
        };
    byte[] extensions =
        Der.sequence(
            extension(CONSTRAINTS, true, Der.sequence()),
            // digitalSignature
            extension(KEY_USAGE, true, Der.bits(new byte[] {(byte) 0x80}, 7)),
            extension(EXTENDED_USAGE, false, Der.sequence(Der.oid(SERVER))),
            extension(OTHER_NAMES, false, Der.sequence(name)),
            extension(KEY_ID, false, Der.octets(keyId(key))),
            extension(
                AUTHORITY_KEY_ID,
                false,
                Der.sequence(Der.tagged(0x80, keyId(authority.getPublic())))));
    return certificate(name("Redoubt, inspected"), key, extensions);
  }

  private X509Certificate certificate(byte[] subject, PublicKey key, byte[] extensions)
      throws GeneralSecurityException {
    byte[] content =
        Der.sequence(
            Der.tagged(0xA0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(127, random).setBit(126)),
            ECDSA_WITH_SHA256,
            issuer,
            Der.sequence(Der.time(start), Der.time(end)),
            subject,
            key.getEncoded(),
            Der.tagged(0xA3, extensions));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(authority.getPrivate());
    signature.update(content);
    byte[] whole = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature.sign(), 0));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole));
  }

  private static byte[] name(String commonName) {
    return Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.utf8(commonName))));
  }

  private static byte[] extension(String oid, boolean critical, byte[] value) {
    return critical
        ? Der.sequence(Der.oid(oid), Der.bool(true), Der.octets(value))
        : Der.sequence(Der.oid(oid), Der.octets(value));
  }

  /// RFC 7093 2, method 1 over the whole key: any value that is the key's own will do.
  private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
    return Arrays.copyOf(digest, 20);
  }
}
