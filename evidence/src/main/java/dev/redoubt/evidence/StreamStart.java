// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// The payload of the first entry of every stream.
///
/// @param stream the name of the stream
/// @param key the id of the first key
/// @param publicKey its 32 raw bytes, base64
record StreamStart(String stream, String key, String publicKey) {

  static final String KIND = "start";
  static final String FORMAT = "redoubt-evidence/1";

  static Optional<StreamStart> read(byte[] payload) {
    Map<String, String> fields = FlatJson.read(payload).orElse(Map.of());
    StreamStart read =
        new StreamStart(
            fields.getOrDefault("stream", ""),
            fields.getOrDefault("key", ""),
            fields.getOrDefault("public", ""));
    return Arrays.equals(read.payload(), payload) ? Optional.of(read) : Optional.empty();
  }

  byte[] payload() {
    return CanonicalJson.of(
        new Payload()
            .text("format", FORMAT)
            .text("key", key)
            .text("public", publicKey)
            .text("stream", stream)
            .object());
  }
}
