// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts batches at the end of a stream. Used by one thread at a time.
final class StreamWriter {

  private static final int COPIED_AT_ONCE = 1 << 16;

  private final Path folder;
  private final String stream;
  private final Keys keys;
  private final Writing writing;
  private final StreamLock lock;
  private Position position;
  private @Nullable SigningKey key;

  private StreamWriter(
      EvidenceFolder evidence, String stream, Writing writing, StreamLock lock, Position position) {
    this.folder = evidence.stream(stream);
    this.stream = stream;
    this.keys = new Keys(evidence.keys());
    this.writing = writing;
    this.lock = lock;
    this.position = position;
  }

  /// Finds the end of the stream and repairs what a crash left there.
  static StreamWriter open(EvidenceFolder evidence, String stream, Writing writing)
      throws IOException {
    Path folder = evidence.stream(stream);
    OwnerOnly.makeFolder(evidence.path());
    OwnerOnly.makeFolder(folder);
    StreamLock lock = StreamLock.take(folder);
    try {
      return lock.whileAppending(() -> {
        boolean alone = lock.open();
        Position end = Position.find(folder, writing.opener());
        StreamWriter writer = new StreamWriter(evidence, stream, writing, lock, end);
        if (end.torn() > 0 || (alone && end.chain().unsealed() > 0)) {
          writer.repair();
        }
        return writer;
      });
    } catch (IOException | RuntimeException e) {
      lock.release();
      throw e;
    }
  }

  /// Writes the entries and a checkpoint when one is due, durably.
  void write(List<Pending> entries) throws IOException {
    lock.whileAppending(() -> {
      catchUp();
      Batch batch = batch();
      for (Pending entry : entries) {
        entry.addTo(batch);
      }
      if (isCheckpointDue(batch)) {
        seal(batch);
      }
      put(batch);
      return true;
    });
  }

  /// Seals what is not sealed yet.
  void seal() throws IOException {
    lock.whileAppending(() -> {
      catchUp();
      if (position.chain().unsealed() > 0) {
        Batch batch = batch();
        seal(batch);
        put(batch);
      }
      return true;
    });
  }

  /// Returns whether an entry waits for its checkpoint, as far as this writer knows.
  boolean isUnsealed() {
    return position.chain().unsealed() > 0;
  }

  void close() throws IOException {
    lock.release();
  }

  private void catchUp() throws IOException {
    position.advance();
    if (position.torn() > 0) {
      repair();
    }
    // Only now, when nobody else can append: two writers must not disagree on the last segment.
    if (position.length() >= writing.segmentBytes() && position.chain().unsealed() == 0) {
      position.next();
    }
  }

  private Batch batch() {
    Batch batch =
        new Batch(
            position.chain().copy(), writing.clock().instant().truncatedTo(ChronoUnit.MICROS));
    if (batch.chain().seq() == 0) {
      batch.start(stream, key().open());
    }
    return batch;
  }

  private boolean isCheckpointDue(Batch batch) {
    Instant sealed = batch.chain().sealed();
    Instant now = batch.chain().time();
    return batch.chain().unsealed() >= writing.checkpointEntries()
        || position.length() + batch.bytes().size() >= writing.segmentBytes()
        || Duration.between(sealed, now).abs().compareTo(writing.checkpointEvery()) >= 0;
  }

  private void seal(Batch batch) throws IOException {
    String signs = batch.chain().key();
    SigningKey mine = key();
    if (!mine.id().equals(signs)) {
      mine = keys.signing();
      key = mine;
      for (KeyCertificate certificate : keys.way(String.valueOf(signs), mine.id())) {
        batch.change(certificate);
      }
    }
    batch.checkpoint(mine);
  }

  private SigningKey key() {
    SigningKey known = key;
    if (known == null) {
      known = keys.signing();
      key = known;
    }
    return known;
  }

  private void put(Batch batch) throws IOException {
    ByteText bytes = batch.bytes();
    try (SegmentFile file = writing.opener().open(position.file())) {
      try {
        file.append(ByteBuffer.wrap(bytes.array(), 0, bytes.size()));
        file.force();
      } catch (IOException e) {
        undo(file, e);
        throw e;
      }
    }
    if (position.length() == 0) {
      OwnerOnly.forceFolder(folder);
    }
    position.wrote(batch.chain(), bytes.size());
  }

  private void undo(SegmentFile file, IOException why) {
    try {
      file.truncate(position.length());
      file.force();
    } catch (IOException e) {
      // What was half written is moved aside by whoever writes next.
      why.addSuppressed(e);
    }
  }

  /// Moves aside what follows the last good entry, says so, and seals what stands.
  private void repair() throws IOException {
    Payload payload =
        new Payload()
            .number("unsealed", position.chain().unsealed())
            .number("lostBytes", position.torn());
    if (position.torn() > 0) {
      moveAside(payload);
    }
    Batch batch = batch();
    batch.add("recovery", Checkpoint.ACTOR, CanonicalJson.of(payload.object()));
    seal(batch);
    put(batch);
  }

  private void moveAside(Payload payload) throws IOException {
    String name = "%s.%d.torn".formatted(position.file().getFileName(), position.length());
    MessageDigest digest = Sha256.digest();
    try (SegmentFile file = writing.opener().open(position.file());
        FileChannel aside =
            FileChannel.open(
                folder.resolve(name),
                OwnerOnly.options(
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING),
                OwnerOnly.file())) {
      long end = file.size();
      for (long at = position.length(); at < end; at += COPIED_AT_ONCE) {
        ByteBuffer block = ByteBuffer.allocate((int) Math.min(COPIED_AT_ONCE, end - at));
        file.read(block, at);
        digest.update(block.flip().duplicate());
        while (block.hasRemaining()) {
          aside.write(block);
        }
      }
      aside.force(true);
      file.truncate(position.length());
      file.force();
    }
    payload.text("movedTo", name).text("sha256", HexFormat.of().formatHex(digest.digest()));
  }
}
