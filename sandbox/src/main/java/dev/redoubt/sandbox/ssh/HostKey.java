// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/// The key by which the far machine is known.
public sealed interface HostKey {

  /// The key itself.
  ///
  /// @param type in the manner of `ssh-ed25519`
  /// @param base64 the key as `ssh-keygen` writes it
  record Line(String type, String base64) implements HostKey {

    private static final List<String> TYPES =
        List.of(
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "ssh-rsa",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");

    /// @throws IllegalArgumentException if it is no key of such a type
    public Line {
      requireNonNull(type, "type");
      if (!TYPES.contains(type)) {
        throw new IllegalArgumentException("\"%s\" is no type of a host key".formatted(type));
      }
      byte[] key = Base64.getDecoder().decode(base64);
      byte[] name = type.getBytes(US_ASCII);
      ByteBuffer read = ByteBuffer.wrap(key);
      boolean fits = key.length > 4 + name.length && read.getInt() == name.length;
      for (int i = 0; fits && i < name.length; i++) {
        fits = read.get() == name[i];
      }
      if (!fits) {
        throw new IllegalArgumentException("the host key is none of type \"%s\"".formatted(type));
      }
    }

    /// Returns its fingerprint.
    public Fingerprint fingerprint() {
      try {
        byte[] hash =
            MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(base64));
        return new Fingerprint(Base64.getEncoder().withoutPadding().encodeToString(hash));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }

    /* An RSA key signs with several hashes; the one of its name is too weak to be taken. */
    String algorithms() {
      return type.equals("ssh-rsa") ? "rsa-sha2-512,rsa-sha2-256" : type;
    }
  }

  /// What `ssh-keygen -l` shows of the key, without its `SHA256:`. The key is asked for and taken
  /// only when it has this fingerprint.
  record Fingerprint(String base64) implements HostKey {

    /// @throws IllegalArgumentException if it is no SHA-256 in base 64
    public Fingerprint {
      if (base64.length() != 43 || Base64.getDecoder().decode(base64).length != 32) {
        throw new IllegalArgumentException("\"%s\" is no SHA-256 fingerprint".formatted(base64));
      }
    }
  }

  /// Returns what `text` says: a line in the manner of `ssh-ed25519 AAAA… comment`, or a
  /// fingerprint in the manner of `SHA256:…`.
  ///
  /// @throws IllegalArgumentException if it is neither
  static HostKey read(String text) {
    String plain = text.strip();
    if (plain.startsWith("SHA256:")) {
      return new Fingerprint(plain.substring("SHA256:".length()).replace("=", ""));
    }
    List<String> words = List.of(plain.split("[ \t]+", 3));
    if (words.size() < 2) {
      throw new IllegalArgumentException(
          "\"%s\" is neither \"TYPE KEY\" nor \"SHA256:…\"".formatted(plain));
    }
    return new Line(words.get(0), words.get(1));
  }
}
