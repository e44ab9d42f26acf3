// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// The objects of a store: contents of files and listings of folders, each under its SHA-256.
///
/// The objects of one state that were not there before lie deflated, one behind the other, in one
/// file, so that one state costs one force of the disk and not one for each file. A pack is
/// finished before it gets its name and is never changed; its end says where its objects are. What
/// is read is checked against its name. Not safe to share.
final class Packs {

  /// Where an object lies.
  record Place(Path pack, long offset, long stored, long size) {}

  static final String SUFFIX = ".pack";
  static final long MAGIC = 0x5245_444f_5542_5401L; // REDOUBT and the version
  static final int ROW = Hash.BYTES + 3 * Long.BYTES;
  static final int TAIL = 4 * Long.BYTES;
  private static final int MOST_OBJECTS = 4_000_000;
  private static final int CHUNK = 64 << 10;

  private final StoreFolder folder;
  private final Map<Hash, Place> places = new HashMap<>();
  private final Map<Path, List<Hash>> packs = new TreeMap<>();

  private Packs(StoreFolder folder) {
    this.folder = folder;
  }

  /// Returns the objects of `folder`, none when there is no such folder.
  ///
  /// @throws IOException if a pack is damaged
  static Packs open(StoreFolder folder) throws IOException {
    Packs packs = new Packs(folder);
    packs.reload();
    return packs;
  }

  /// Returns no objects, for a pack that shall hold what others hold too.
  static Packs none(StoreFolder folder) {
    return new Packs(folder);
  }

  /// Looks again which objects there are.
  void reload() throws IOException {
    places.clear();
    packs.clear();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.packs())) {
      for (Path file : files) {
        if (file.toString().endsWith(SUFFIX)) {
          read(file);
        }
      }
    } catch (NoSuchFileException e) {
      // Nothing was recorded yet.
    }
  }

  /* The tail: offset of the rows, their count, their CRC-32, the magic number. */
  private void read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long length = channel.size();
      if (length < TAIL) {
        throw damaged(file);
      }
      ByteBuffer tail = ByteBuffer.wrap(bytes(channel, length - TAIL, TAIL));
      long rows = tail.getLong();
      long count = tail.getLong();
      long crc = tail.getLong();
      if (tail.getLong() != MAGIC
          || count < 0
          || count > MOST_OBJECTS
          || rows != length - TAIL - count * ROW) {
        throw damaged(file);
      }
      byte[] table = bytes(channel, rows, (int) count * ROW);
      if (crc(table) != crc) {
        throw damaged(file);
      }
      add(file, ByteBuffer.wrap(table));
    }
  }

  private void add(Path file, ByteBuffer table) {
    List<Hash> hashes = new ArrayList<>(table.remaining() / ROW);
    byte[] hash = new byte[Hash.BYTES];
    while (table.hasRemaining()) {
      table.get(hash);
      Hash name = Hash.ofDigest(hash);
      hashes.add(name);
      places.put(name, new Place(file, table.getLong(), table.getLong(), table.getLong()));
    }
    packs.put(file, hashes);
  }

  static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  private static byte[] bytes(FileChannel channel, long from, int count) throws IOException {
    byte[] bytes = new byte[count];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new IOException("a pack ends too early");
      }
    }
    return bytes;
  }

  private static IOException damaged(Path file) {
    return new IOException(
        "\"%s\" is damaged: delete it, and turns that need it cannot be undone".formatted(file));
  }

  StoreFolder folder() {
    return folder;
  }

  /// Returns the packs, each with the names of its objects.
  Map<Path, List<Hash>> packs() {
    return packs;
  }

  /// Takes in the objects of a pack that was just published.
  void added(Path pack, Map<Hash, Place> objects) {
    packs.put(pack, List.copyOf(objects.keySet()));
    places.putAll(objects);
  }

  /// Returns whether the object is there.
  boolean contains(Hash hash) {
    return places.containsKey(hash);
  }

  @Nullable Place place(Hash hash) {
    return places.get(hash);
  }

  /// Returns an object of at most `most` bytes.
  ///
  /// @throws IOException if it is not there, longer, or not what its name says
  byte[] read(Hash hash, int most) throws IOException {
    Place place = places.get(hash);
    if (place != null && place.size() > most) {
      throw new IOException("the object %s is over %,d bytes".formatted(hash.hex(), most));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(place == null ? 0 : (int) place.size());
    copy(hash, bytes);
    return bytes.toByteArray();
  }

  /// Writes an object to `out`.
  ///
  /// @throws IOException if it is not there or not what its name says; then `out` holds rubbish
  void copy(Hash hash, OutputStream out) throws IOException {
    Place place = places.get(hash);
    if (place == null) {
      throw new IOException("the object %s is not in the store".formatted(hash.hex()));
    }
    MessageDigest digest = Hash.digest();
    try (FileChannel channel = FileChannel.open(place.pack(), StandardOpenOption.READ)) {
      inflate(channel, place, out, digest);
    } catch (DataFormatException e) {
      throw damaged(place.pack());
    }
    if (!Hash.ofDigest(digest.digest()).equals(hash)) {
      throw damaged(place.pack());
    }
  }

  private static void inflate(
      FileChannel channel, Place place, OutputStream out, MessageDigest digest)
      throws IOException, DataFormatException {
    Inflater inflater = new Inflater(true);
    try {
      byte[] chunk = new byte[CHUNK];
      long at = place.offset();
      long end = at + place.stored();
      long left = place.size();
      while (left > 0) {
        if (inflater.needsInput()) {
          int count = (int) Math.min(CHUNK, end - at);
          if (count == 0) {
            throw damaged(place.pack());
          }
          inflater.setInput(bytes(channel, at, count));
          at += count;
        }
        int count = inflater.inflate(chunk, 0, (int) Math.min(chunk.length, left));
        if (count == 0 && inflater.finished()) {
          throw damaged(place.pack());
        }
        digest.update(chunk, 0, count);
        out.write(chunk, 0, count);
        left -= count;
      }
    } finally {
      inflater.end();
    }
  }
}
