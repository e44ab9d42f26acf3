// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Reads the primitives of the file format, bounds checked.
///
/// A malformed value ends in [CorruptFileException], whatever the bytes are.
public final class ByteSource {

  private final ByteBuffer buffer;

  /// Reads from the position of `buffer` to its limit, leaving the buffer itself untouched.
  public ByteSource(ByteBuffer buffer) {
    this.buffer = buffer.slice();
  }

  public int octet() {
    need(1);
    return buffer.get() & 0xFF;
  }

  public int int32() {
    need(4);
    return buffer.getInt();
  }

  public long int64() {
    need(8);
    return buffer.getLong();
  }

  /// Returns a number within 0 and [Integer#MAX_VALUE].
  public int varint() {
    long value = varlong();
    if (value > Integer.MAX_VALUE) {
      throw new CorruptFileException("a number is out of range");
    }
    return (int) value;
  }

  public long varlong() {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int next = octet();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new CorruptFileException("a number is too long");
  }

  public int signed() {
    long value = varlong();
    if (value > 0xFFFF_FFFFL) {
      throw new CorruptFileException("a number is out of range");
    }
    int bits = (int) value;
    return (bits >>> 1) ^ -(bits & 1);
  }

  /// Returns a count of things that take at least one byte each.
  public int count() {
    int count = varint();
    if (count > buffer.remaining()) {
      throw new CorruptFileException("a count is larger than what follows");
    }
    return count;
  }

  public String text() {
    byte[] utf8 = new byte[count()];
    buffer.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  public List<String> texts() {
    int count = count();
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(text());
    }
    return texts;
  }

  public Instant instant() {
    long seconds = int64();
    int nanoseconds = varint();
    try {
      return Instant.ofEpochSecond(seconds, nanoseconds);
    } catch (DateTimeException e) {
      throw new CorruptFileException("a time is out of range");
    }
  }

  /// Returns the next `count` bytes as a source of their own.
  public ByteBuffer slice(int count) {
    need(count);
    ByteBuffer part = buffer.slice(buffer.position(), count);
    buffer.position(buffer.position() + count);
    return part;
  }

  public int remaining() {
    return buffer.remaining();
  }

  private void need(int count) {
    if (count < 0 || buffer.remaining() < count) {
      throw new CorruptFileException("it ends too early");
    }
  }
}
