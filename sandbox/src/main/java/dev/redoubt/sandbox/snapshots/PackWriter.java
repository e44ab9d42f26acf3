// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// One pack being written. Nothing of it can be seen before [#commit()]; closing without it leaves
/// nothing behind.
final class PackWriter implements Closeable {

  private static final int CHUNK = 256 << 10;

  private final Packs packs;
  private final Path staged;
  private final Map<Hash, Packs.Place> objects = new LinkedHashMap<>();
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
  private final byte[] deflated = new byte[CHUNK];
  private @Nullable FileChannel channel;
  private long position;

  PackWriter(Packs packs) {
    this.packs = packs;
    staged = packs.folder().packs().resolve(UUID.randomUUID() + ".new");
  }

  boolean contains(Hash hash) {
    return objects.containsKey(hash) || packs.contains(hash);
  }

  /// Keeps `content` unless it is there already.
  Hash add(byte[] content) throws IOException {
    Hash hash = Hash.of(content);
    if (!contains(hash)) {
      start();
      deflater.setInput(content);
      finish(hash, content.length);
    }
    return hash;
  }

  /// A file whose bytes are read once or twice.
  interface Source {
    /// Returns its bytes from the start; the caller closes.
    ReadableByteChannel open() throws IOException;
  }

  /// What a file held.
  record Content(Hash hash, long size) {}

  /// Keeps the content of a file of at most `most` bytes, or returns null for a longer one.
  @Nullable Content add(Source source, long most) throws IOException {
    try (ReadableByteChannel in = source.open()) {
      buffer.clear();
      while (buffer.hasRemaining() && in.read(buffer) >= 0) {
        // Most files fit, and are known or new after one reading.
      }
      if (buffer.hasRemaining()) {
        return buffer.position() > most ? null : addBuffer();
      }
    }
    Content known = pass(source, most, false);
    return known == null || contains(known.hash()) ? known : pass(source, most, true);
  }

  private Content addBuffer() throws IOException {
    int size = buffer.position();
    MessageDigest digest = Hash.digest();
    digest.update(buffer.array(), 0, size);
    Hash hash = Hash.ofDigest(digest.digest());
    if (!contains(hash)) {
      start();
      deflater.setInput(buffer.array(), 0, size);
      finish(hash, size);
    }
    return new Content(hash, size);
  }

  private @Nullable Content pass(Source source, long most, boolean keep) throws IOException {
    MessageDigest digest = Hash.digest();
    long size = 0;
    long from = position;
    if (keep) {
      start();
    }
    try (ReadableByteChannel in = source.open()) {
      for (buffer.clear(); in.read(buffer) >= 0; buffer.clear()) {
        size += buffer.position();
        if (size > most) {
          position = from;
          return null;
        }
        digest.update(buffer.array(), 0, buffer.position());
        if (keep) {
          deflater.setInput(buffer.array(), 0, buffer.position());
          drain(Deflater.NO_FLUSH);
        }
      }
    }
    Hash hash = Hash.ofDigest(digest.digest());
    if (keep) {
      deflater.finish();
      drain(Deflater.NO_FLUSH);
      keep(hash, from, size);
    }
    return new Content(hash, size);
  }

  private void start() throws StoreFailure {
    deflater.reset();
    if (channel == null) {
      try {
        packs.folder().steps().before("start a pack");
        channel = StoreFolder.open(staged, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      } catch (IOException e) {
        throw new StoreFailure(e);
      }
    }
  }

  private void finish(Hash hash, long size) throws IOException {
    long from = position;
    deflater.finish();
    drain(Deflater.NO_FLUSH);
    keep(hash, from, size);
  }

  private void keep(Hash hash, long from, long size) {
    if (contains(hash)) {
      position = from;
    } else {
      objects.put(hash, new Packs.Place(staged, from, position - from, size));
    }
  }

  private void drain(int flush) throws IOException {
    int count = deflater.deflate(deflated, 0, deflated.length, flush);
    while (count > 0) {
      write(ByteBuffer.wrap(deflated, 0, count));
      count = deflater.deflate(deflated, 0, deflated.length, flush);
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    FileChannel open = channel;
    if (open == null) {
      throw new IllegalStateException("the pack was not started");
    }
    try {
      while (bytes.hasRemaining()) {
        position += open.write(bytes, position);
      }
    } catch (IOException e) {
      throw new StoreFailure(e);
    }
  }

  /// Makes everything that was added part of the store, durably.
  void commit() throws IOException {
    FileChannel open = channel;
    if (open == null || objects.isEmpty()) {
      return;
    }
    long rows = position;
    ByteBuffer table = ByteBuffer.allocate(objects.size() * Packs.ROW);
    objects.forEach((hash, place) ->
        table
            .put(hash.bytes())
            .putLong(place.offset())
            .putLong(place.stored())
            .putLong(place.size()));
    long crc = Packs.crc(table.array());
    write(table.flip());
    write(
        ByteBuffer.allocate(Packs.TAIL)
            .putLong(rows)
            .putLong(objects.size())
            .putLong(crc)
            .putLong(Packs.MAGIC)
            .flip());
    open.truncate(position);
    packs.folder().steps().before("force a pack");
    open.force(true);
    open.close();
    Path pack = staged.resolveSibling(Hash.of(table.array()).hex().substring(0, 32) + Packs.SUFFIX);
    packs.folder().publish(staged, pack);
    Map<Hash, Packs.Place> placed = new LinkedHashMap<>();
    objects.forEach((hash, place) ->
        placed.put(hash, new Packs.Place(pack, place.offset(), place.stored(), place.size())));
    packs.added(pack, placed);
    channel = null;
    objects.clear();
  }

  @Override
  public void close() throws IOException {
    deflater.end();
    if (channel != null) {
      channel.close();
      Files.deleteIfExists(staged);
    }
  }
}
