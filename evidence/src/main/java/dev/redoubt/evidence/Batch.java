// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/// Entries that are written together, linked to each other and to what is on the disk.
final class Batch {

  private final ByteText out = new ByteText(4096);
  private final Chain chain;
  private final Instant now;
  private final String time;

  /// @param end how far the stream goes; is taken over
  Batch(Chain end, Instant now) {
    this.chain = end;
    this.now = now;
    this.time = Line.timestamp(now);
  }

  Entry add(String kind, String actor, byte[] payload) {
    if (now.isBefore(chain.time()) && chain.seq() > 0) {
      clockWentBack();
    }
    return append(kind, actor, payload);
  }

  private void clockWentBack() {
    Payload payload =
        new Payload()
            .number("backMicros", Duration.between(now, chain.time()).toNanos() / 1000)
            .text("from", Line.timestamp(chain.time()))
            .text("to", time);
    append("clock", Checkpoint.ACTOR, CanonicalJson.of(payload.object()));
  }

  private Entry append(String kind, String actor, byte[] payload) {
    long seq = chain.seq() + 1;
    byte[] hash = Line.write(out, new Line.Head(seq, time, kind, actor), payload, chain.hash());
    chain.append(hash, now);
    return new Entry(seq, now, kind, actor, HexFormat.of().formatHex(hash));
  }

  /// Adds an entry that the chain has to understand.
  private void addOwn(String kind, byte[] payload) {
    int from = out.size();
    Line.write(
        out, new Line.Head(chain.seq() + 1, time, kind, Checkpoint.ACTOR), payload, chain.hash());
    try {
      chain.accept(Line.read(out.array(), from, out.size()));
    } catch (Line.Malformed | Chain.Broken e) {
      throw new IllegalStateException("wrote what cannot be read", e);
    }
  }

  void start(String stream, VerifyKey key) {
    addOwn(StreamStart.KIND, new StreamStart(stream, key.id(), key.base64()).payload());
  }

  void change(KeyCertificate certificate) {
    addOwn(KeyCertificate.KIND, certificate.payload());
  }

  /// Seals what is not sealed yet.
  void checkpoint(SigningKey key) {
    Checkpoint unsigned =
        new Checkpoint(
            chain.stream(), chain.firstUnsealed(), chain.seq(), chain.root(), key.id(), "");
    byte[] message =
        unsigned.message(chain.seq() + 1, time, HexFormat.of().formatHex(chain.hash()));
    addOwn(Checkpoint.KIND, unsigned.signed(key.sign(message)).payload());
  }

  Chain chain() {
    return chain;
  }

  ByteText bytes() {
    return out;
  }
}
