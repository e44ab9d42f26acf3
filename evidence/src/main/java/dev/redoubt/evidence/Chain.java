// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far a stream goes: what the next entry has to link to and the next checkpoint to seal.
///
/// The writer goes on from here, the verifier compares with it. Not safe to share between threads.
final class Chain {

  private long seq;
  private byte[] hash = new byte[Sha256.BYTES];
  private @Nullable Instant time;
  private @Nullable Line last;
  private Instant sealed = Instant.EPOCH;
  private String stream = "";
  private @Nullable String key;
  private long checkpoint;
  private Merkle unsealed = new Merkle();

  /// Why an entry does not belong where it stands, for people.
  static final class Broken extends Exception {

    private static final long serialVersionUID = 1L;

    Broken(String reason) {
      super(reason, null, false, false);
    }
  }

  Chain copy() {
    Chain copy = new Chain();
    copy.seq = seq;
    copy.hash = hash;
    copy.time = time;
    copy.last = last;
    copy.sealed = sealed;
    copy.stream = stream;
    copy.key = key;
    copy.checkpoint = checkpoint;
    copy.unsealed = unsealed.copy();
    return copy;
  }

  /// Returns a chain that believes everything before `line`, the first there is.
  static Chain before(Line line) {
    Chain chain = new Chain();
    chain.seq = line.seq() - 1;
    chain.hash = HexFormat.of().parseHex(line.prev());
    chain.checkpoint = line.seq() - 1;
    return chain;
  }

  /// Goes on by one entry, after its place, its link and what it seals were compared.
  void accept(Line line) throws Broken {
    if (line.seq() != seq + 1) {
      throw new Broken("sequence %d follows %d".formatted(line.seq(), seq));
    }
    if (!line.follows(hash)) {
      throw new Broken("its previous hash is not the hash of the entry before it");
    }
    if ((line.seq() == 1) != line.kind().equals(StreamStart.KIND)) {
      throw new Broken("a stream begins with one entry of kind \"start\"");
    }
    switch (line.kind()) {
      case StreamStart.KIND -> start(line);
      case KeyCertificate.KIND -> key(line);
      case Checkpoint.KIND -> checkpoint(line);
      default -> unsealed.add(line.own());
    }
    seq = line.seq();
    hash = line.own();
    time = null;
    last = line;
  }

  /// Goes on by an ordinary entry that was just made.
  void append(byte[] own, Instant when) {
    unsealed.add(own);
    seq++;
    hash = own;
    time = when;
    last = null;
  }

  private void start(Line line) throws Broken {
    StreamStart start =
        StreamStart.read(line.payload())
            .orElseThrow(() -> new Broken("is no start of a stream of this format"));
    stream = start.stream();
    key = start.key();
    sealed = line.instant();
    unsealed.add(line.own());
  }

  private void key(Line line) throws Broken {
    KeyCertificate certificate =
        KeyCertificate.read(line.payload()).orElseThrow(() -> new Broken("is no change of key"));
    if (key != null && !certificate.previous().equals(key)) {
      throw new Broken(
          "key %s vouches for the next one, but %s signs".formatted(certificate.previous(), key));
    }
    key = certificate.key();
    unsealed.add(line.own());
  }

  private void checkpoint(Line line) throws Broken {
    Checkpoint read =
        Checkpoint.read(line.payload()).orElseThrow(() -> new Broken("is no checkpoint"));
    if (read.first() != checkpoint + 1 || read.last() != seq || unsealed.size() == 0) {
      throw new Broken(
          "it seals %d to %d, but %d to %d were not sealed yet"
              .formatted(read.first(), read.last(), checkpoint + 1, seq));
    }
    if (!read.root().equals(HexFormat.of().formatHex(unsealed.root()))) {
      throw new Broken(
          "its Merkle root is not that of entries %d to %d".formatted(read.first(), read.last()));
    }
    if (!stream.isEmpty() && !read.stream().equals(stream)) {
      throw new Broken("it is of stream \"%s\", not \"%s\"".formatted(read.stream(), stream));
    }
    if (key != null && !read.key().equals(key)) {
      throw new Broken("it is signed by key %s, but %s signs".formatted(read.key(), key));
    }
    resumeAt(line, read);
  }

  private void resumeAt(Line line, Checkpoint read) {
    stream = read.stream();
    key = read.key();
    checkpoint = line.seq();
    sealed = line.instant();
    unsealed.clear();
  }

  /// Returns the chain right after the checkpoint in `line`, everything before it believed; empty
  /// when it is none.
  static Optional<Chain> after(Line line) {
    return line.kind().equals(Checkpoint.KIND)
        ? Checkpoint.read(line.payload())
            .map(read -> {
              Chain chain = new Chain();
              chain.seq = line.seq();
              chain.hash = line.own();
              chain.last = line;
              chain.resumeAt(line, read);
              return chain;
            })
        : Optional.empty();
  }

  /// Returns the sequence of the last entry, 0 before the first.
  long seq() {
    return seq;
  }

  /// Returns the hash of the last entry; not to be changed.
  byte[] hash() {
    return hash;
  }

  /// Returns the time of the last entry.
  Instant time() {
    Instant known = time;
    if (known == null) {
      // Reading the time of every entry would cost the verifier more than its hash.
      Line line = last;
      known = line == null ? Instant.EPOCH : line.instant();
      time = known;
    }
    return known;
  }

  /// Returns the time of the last checkpoint, or of the start.
  Instant sealed() {
    return sealed;
  }

  /// Returns the name of the stream, empty when no entry named it yet.
  String stream() {
    return stream;
  }

  /// Returns the id of the key that has to sign the next checkpoint, or null when none is known.
  @Nullable String key() {
    return key;
  }

  /// Returns the sequence of the first entry that no checkpoint seals.
  long firstUnsealed() {
    return checkpoint + 1;
  }

  /// Returns how many entries no checkpoint seals.
  long unsealed() {
    return unsealed.size();
  }

  /// Returns the Merkle root of the entries that no checkpoint seals.
  String root() {
    return HexFormat.of().formatHex(unsealed.root());
  }
}
