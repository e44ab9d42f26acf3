// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/// A growing array of bytes with the primitives of the file format.
public final class ByteSink {

  private byte[] bytes;
  private int length;

  public ByteSink() {
    this(256);
  }

  /// @param capacity how many bytes fit before it grows
  public ByteSink(int capacity) {
    bytes = new byte[Math.max(8, capacity)];
  }

  public void octet(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  public void int32(int value) {
    octet(value >>> 24);
    octet(value >>> 16);
    octet(value >>> 8);
    octet(value);
  }

  public void int64(long value) {
    int32((int) (value >>> 32));
    int32((int) value);
  }

  /// Writes a non-negative number in groups of seven bits, the low ones first.
  public void varint(long value) {
    long rest = value;
    while (rest > 0x7F) {
      octet((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    octet((int) rest);
  }

  /// Writes a number of either sign so that small ones stay short.
  public void signed(int value) {
    varint(Integer.toUnsignedLong((value << 1) ^ (value >> 31)));
  }

  public void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    varint(utf8.length);
    raw(utf8, 0, utf8.length);
  }

  public void instant(Instant instant) {
    long seconds = instant.getEpochSecond();
    int nanoseconds = instant.getNano();
    int64(seconds);
    varint(nanoseconds);
  }

  public void raw(byte[] source, int from, int count) {
    room(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  public void append(ByteSink other) {
    raw(other.bytes, 0, other.length);
  }

  public int length() {
    return length;
  }

  /// Returns a copy of what was written.
  public byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  /// Returns what was written, without a copy.
  public ByteBuffer view() {
    return ByteBuffer.wrap(bytes, 0, length).slice();
  }

  public void clear() {
    length = 0;
  }

  private void room(int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length + (bytes.length >> 1)));
    }
  }
}
