// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The payload of a checkpoint: which entries it seals and under which key.
///
/// @param stream the name of the stream
/// @param first the sequence of the first entry it seals
/// @param last the sequence of the last one
/// @param root the Merkle root over their hashes, 64 hex digits
/// @param key the id of the key
/// @param signature Ed25519 over [#message], base64
record Checkpoint(String stream, long first, long last, String root, String key, String signature) {

  static final String KIND = "checkpoint";

  /// The actor of every entry the log writes by itself.
  static final String ACTOR = "redoubt";

  /// Returns what `payload` says; empty when it is not exactly a checkpoint.
  static Optional<Checkpoint> read(byte[] payload) {
    Map<String, String> fields = FlatJson.read(payload).orElse(Map.of());
    Checkpoint checkpoint =
        new Checkpoint(
            fields.getOrDefault("stream", ""),
            number(fields.get("first")),
            number(fields.get("last")),
            fields.getOrDefault("root", ""),
            fields.getOrDefault("key", ""),
            fields.getOrDefault("signature", ""));
    // Written again it must be the same bytes: no further field, no other order.
    return Arrays.equals(checkpoint.payload(), payload)
        ? Optional.of(checkpoint)
        : Optional.empty();
  }

  byte[] payload() {
    return CanonicalJson.of(
        new Payload()
            .number("first", first)
            .text("key", key)
            .number("last", last)
            .text("root", root)
            .text("signature", signature)
            .text("stream", stream)
            .object());
  }

  Checkpoint signed(String with) {
    return new Checkpoint(stream, first, last, root, key, with);
  }

  /// Returns what is signed: every value of the line, one to a line of text.
  ///
  /// @param prev the hash of the entry before, 64 hex digits
  byte[] message(long seq, String time, String prev) {
    return String.join(
            "\n",
            "redoubt-evidence-checkpoint/1",
            stream,
            Long.toString(seq),
            time,
            prev,
            Long.toString(first),
            Long.toString(last),
            root,
            key,
            "")
        .getBytes(UTF_8);
  }

  private static long number(@Nullable String digits) {
    try {
      return digits == null ? 0 : Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
