// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What the files of a workspace held when they were last read, by what the file system says about
/// them, so that an unchanged file is not read again.
///
/// A file counts as unchanged when size, both times, inode and mode are the same. One that was
/// changed less than two seconds before it was read could change again without showing, so it is
/// read again next time (git calls such an entry racy). The file is a cache: without it, or when it
/// is damaged, everything is read.
final class StatIndex {

  /// What the file system says about a file.
  ///
  /// @param modified and changed nanoseconds since 1970
  /// @param mode type and permission bits
  record Stat(long size, long modified, long changed, long inode, int mode) {

    private static final String ASKED = "unix:mode,size,lastModifiedTime,ctime,ino";

    /// Returns what lies at `path`, without following a link.
    static Stat of(Path path) throws IOException {
      Map<String, Object> values;
      try {
        values = Files.readAttributes(path, ASKED, LinkOption.NOFOLLOW_LINKS);
      } catch (UnsupportedOperationException | IllegalArgumentException e) {
        throw new StoreFailure(new IOException("this file system has no inodes and modes", e));
      }
      return new Stat(
          number(values.get("size")),
          nanos(values.get("lastModifiedTime")),
          nanos(values.get("ctime")),
          number(values.get("ino")),
          (int) number(values.get("mode")));
    }

    private static long number(@Nullable Object value) throws IOException {
      if (value instanceof Number number) {
        return number.longValue();
      }
      throw new IOException("the file system does not say what is needed");
    }

    private static long nanos(@Nullable Object time) throws IOException {
      if (time instanceof FileTime found) {
        return found.to(TimeUnit.NANOSECONDS);
      }
      throw new IOException("the file system does not say what is needed");
    }

    /// Returns the nine permission bits.
    int permissions() {
      return mode & 0777;
    }

    boolean isFile() {
      return (mode & 0170000) == 0100000;
    }

    boolean isFolder() {
      return (mode & 0170000) == 0040000;
    }

    boolean isLink() {
      return (mode & 0170000) == 0120000;
    }

    String stamp() {
      return size + ":" + modified + ":" + changed + ":" + inode;
    }
  }

  /// A file that was read.
  record Known(Stat stat, Hash content) {}

  private static final int MOST_BYTES = 512 << 20;
  private static final long MAGIC = 0x5245_444f_5542_4901L;
  private static final long RACY = TimeUnit.SECONDS.toNanos(2);
  private static final String FILE = "index";

  private final Map<String, Known> files;
  private boolean changed;

  private StatIndex(Map<String, Known> files) {
    this.files = files;
  }

  static StatIndex empty() {
    return new StatIndex(new HashMap<>());
  }

  /// Returns the index of `folder`, an empty one when there is none that can be believed.
  static StatIndex read(StoreFolder folder) {
    try {
      byte[] bytes = StoreFolder.read(folder.file(FILE), MOST_BYTES);
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      if (bytes.length < 2 * Long.BYTES
          || buffer.getLong() != MAGIC
          || buffer.getLong() != Packs.crc(Arrays.copyOfRange(bytes, 16, bytes.length))) {
        return empty();
      }
      return new StatIndex(rows(buffer));
    } catch (IOException | IllegalArgumentException | BufferUnderflowException e) {
      return empty();
    }
  }

  private static Map<String, Known> rows(ByteBuffer buffer) {
    Map<String, Known> files = new HashMap<>();
    byte[] hash = new byte[Hash.BYTES];
    while (buffer.hasRemaining()) {
      byte[] path = new byte[buffer.getInt()];
      buffer.get(path);
      Stat stat =
          new Stat(
              buffer.getLong(),
              buffer.getLong(),
              buffer.getLong(),
              buffer.getLong(),
              buffer.getInt());
      buffer.get(hash);
      files.put(new String(path, StandardCharsets.US_ASCII), new Known(stat, Hash.ofDigest(hash)));
    }
    return files;
  }

  /// Returns the content of the file, or null when it has to be read.
  @Nullable Hash content(String path, Stat stat) {
    Known known = files.get(path);
    return known != null && known.stat().equals(stat) ? known.content() : null;
  }

  /// Returns the index to use next time: what is `seen` and was not racy when it was read.
  ///
  /// @param now nanoseconds since 1970 when the reading began
  StatIndex next(Map<String, Known> seen, long now) {
    StatIndex next = new StatIndex(new HashMap<>(seen.size() * 2));
    seen.forEach((path, known) -> {
      Stat stat = known.stat();
      boolean before = known.equals(files.get(path));
      if (before || Math.max(stat.modified(), stat.changed()) < now - RACY) {
        next.files.put(path, known);
        next.changed |= !before;
      }
    });
    next.changed |= next.files.size() != files.size();
    return next;
  }

  /// Writes the index unless it says what the file says already.
  void write(StoreFolder folder) throws IOException {
    if (!changed) {
      return;
    }
    int size = 0;
    for (String path : files.keySet()) {
      size += path.length() + Integer.BYTES * 2 + Long.BYTES * 4 + Hash.BYTES;
    }
    ByteBuffer buffer = ByteBuffer.allocate(16 + size).position(16);
    files.forEach((path, known) -> {
      Stat stat = known.stat();
      buffer.putInt(path.length()).put(path.getBytes(StandardCharsets.US_ASCII));
      buffer.putLong(stat.size()).putLong(stat.modified()).putLong(stat.changed());
      buffer.putLong(stat.inode()).putInt(stat.mode()).put(known.content().bytes());
    });
    byte[] bytes = buffer.array();
    long crc = Packs.crc(Arrays.copyOfRange(bytes, 16, bytes.length));
    buffer.putLong(0, MAGIC).putLong(8, crc);
    folder.replace(FILE, bytes);
    changed = false;
  }
}
