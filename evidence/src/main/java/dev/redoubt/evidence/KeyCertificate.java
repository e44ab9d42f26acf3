// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// The word of one signing key for the next, and the payload of an entry of kind `key`.
///
/// @param previous the id of the key that signs
/// @param key the id of the new key
/// @param publicKey its 32 raw bytes, base64
/// @param signature Ed25519 by the previous key over [#message()], base64
record KeyCertificate(String previous, String key, String publicKey, String signature) {

  static final String KIND = "key";

  static Optional<KeyCertificate> read(byte[] payload) {
    Map<String, String> fields = FlatJson.read(payload).orElse(Map.of());
    KeyCertificate read =
        new KeyCertificate(
            fields.getOrDefault("previous", ""),
            fields.getOrDefault("key", ""),
            fields.getOrDefault("public", ""),
            fields.getOrDefault("signature", ""));
    return Arrays.equals(read.payload(), payload) ? Optional.of(read) : Optional.empty();
  }

  byte[] payload() {
    return CanonicalJson.of(
        new Payload()
            .text("key", key)
            .text("previous", previous)
            .text("public", publicKey)
            .text("signature", signature)
            .object());
  }

  KeyCertificate signed(String with) {
    return new KeyCertificate(previous, key, publicKey, with);
  }

  byte[] message() {
    return String.join("\n", "redoubt-evidence-key/1", previous, key, publicKey, "")
        .getBytes(UTF_8);
  }
}
