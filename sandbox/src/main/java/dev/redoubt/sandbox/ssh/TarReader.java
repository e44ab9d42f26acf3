// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Reads an archive from a machine that is not trusted, entry by entry.
///
/// Understands the formats that GNU tar, busybox and BSD write. Of what an entry says only its
/// name, its type and its size are looked at.
final class TarReader {

  private static final int BLOCK = 512;
  private static final int LONGEST_TEXT = 64 << 10;
  private static final int MOST_EXTRAS = 8;

  private final InputStream in;
  private long left;
  private int padding;

  TarReader(InputStream in) {
    this.in = requireNonNull(in, "in");
  }

  /// One entry.
  ///
  /// @param type `0` for a file; anything else is none
  record Entry(String name, char type, long size) {
    boolean isFile() {
      return type == '0' || type == '\0' || type == '7';
    }
  }

  /// Returns the next entry, skipping what was not read of the last; empty at the end.
  ///
  /// @throws IOException if it is no archive, or ends in the middle
  Optional<Entry> next() throws IOException {
    String name = "";
    long size = -1;
    for (int extras = 0; extras < MOST_EXTRAS; extras++) {
      skipRest();
      byte[] block = in.readNBytes(BLOCK);
      if (block.length < BLOCK || isZero(block)) {
        return Optional.empty();
      }
      check(block);
      char type = (char) (block[156] & 0xff);
      left = number(block, 124, 12);
      padding = (int) ((BLOCK - left % BLOCK) % BLOCK);
      switch (type) {
        case 'L' -> name = zeroEnded(extra(), 0, LONGEST_TEXT);
        case 'K', 'g' -> extra();
        case 'x' -> {
          byte[] records = extra();
          name = record(records, "path").orElse(name);
          size = record(records, "size").map(TarReader::parsed).orElse(size);
        }
        default -> {
          if (size >= 0) {
            left = size;
            padding = (int) ((BLOCK - left % BLOCK) % BLOCK);
          }
          return Optional.of(new Entry(name.isEmpty() ? name(block) : name, type, left));
        }
      }
    }
    throw new IOException("the archive has too many entries about one file");
  }

  /// Returns the content of the entry that came last.
  InputStream content() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        if (left == 0) {
          return -1;
        }
        int read = in.read(bytes, offset, (int) Math.min(left, length));
        if (read < 0) {
          throw new EOFException("the archive ends in the middle");
        }
        left -= read;
        return read;
      }
    };
  }

  private void skipRest() throws IOException {
    in.skipNBytes(left + padding);
    left = 0;
    padding = 0;
  }

  private byte[] extra() throws IOException {
    if (left > LONGEST_TEXT) {
      throw new IOException("the archive has a name that is too long");
    }
    byte[] bytes = in.readNBytes((int) left);
    left -= bytes.length;
    return bytes;
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static void check(byte[] block) throws IOException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
    }
    if (sum != number(block, 148, 8)) {
      throw new IOException("the answer is no archive");
    }
  }

  private static String name(byte[] block) {
    String name = zeroEnded(block, 0, 100);
    boolean posix = new String(block, 257, 6, US_ASCII).equals("ustar\0");
    String before = posix ? zeroEnded(block, 345, 155) : "";
    return before.isEmpty() ? name : before + "/" + name;
  }

  private static String zeroEnded(byte[] bytes, int from, int length) {
    int end = from;
    while (end < Math.min(bytes.length, from + length) && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, UTF_8);
  }

  private static long number(byte[] block, int from, int length) throws IOException {
    long value = 0;
    if ((block[from] & 0x80) != 0) {
      for (int i = from + length - 8; i < from + length; i++) {
        value = value << 8 | (block[i] & 0xff);
      }
    } else {
      for (int i = from; i < from + length; i++) {
        if (block[i] >= '0' && block[i] <= '7') {
          value = value << 3 | (block[i] - '0');
        }
      }
    }
    if (value < 0) {
      throw new IOException("the archive has a file of a negative size");
    }
    return value;
  }

  private static long parsed(String digits) {
    try {
      return Math.max(0, Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /* `LENGTH KEY=VALUE\n`, the length counting all of it. */
  private static Optional<String> record(byte[] records, String key) {
    int at = 0;
    while (at < records.length) {
      int blank = at;
      while (blank < records.length && records[blank] != ' ') {
        blank++;
      }
      long length = parsed(new String(records, at, blank - at, US_ASCII));
      if (length <= blank - at || length > records.length - at) {
        return Optional.empty();
      }
      String text = new String(records, blank + 1, (int) (at + length - blank - 2), UTF_8);
      if (text.startsWith(key + "=")) {
        return Optional.of(text.substring(key.length() + 1));
      }
      at += (int) length;
    }
    return Optional.empty();
  }
}
