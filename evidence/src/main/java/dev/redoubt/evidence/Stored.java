// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;

/// An entry read back from a segment; its hash was compared with its bytes.
///
/// @param entry what every entry has
/// @param prev the hash of the entry before, 64 hex digits
/// @param payload canonical JSON
public record Stored(Entry entry, String prev, String payload) {

  private static final Limits LIMITS = new Limits(2L << 20, 600, 1_000_000);

  public Stored {
    requireNonNull(entry, "entry");
    requireNonNull(prev, "prev");
    requireNonNull(payload, "payload");
  }

  static Stored of(Line line) {
    return new Stored(
        new Entry(line.seq(), line.instant(), line.kind(), unescaped(line.actor()), line.hash()),
        line.prev(),
        new String(line.payload(), UTF_8));
  }

  /// Returns the payload as a tree; nothing when somebody wrote what is no JSON.
  public Node tree() {
    try {
      return Json.read(payload.getBytes(UTF_8), LIMITS);
    } catch (DocumentException e) {
      return new Node.Nothing(1);
    }
  }

  private static String unescaped(String actor) {
    if (actor.indexOf('\\') < 0) {
      return actor;
    }
    try {
      return Json.read(("\"" + actor + "\"").getBytes(UTF_8), LIMITS).scalar().orElse(actor);
    } catch (DocumentException e) {
      return actor;
    }
  }
}
