// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// Unpacks one gzip member (RFC 1952) and checks its sum.
///
/// The JDK's own reader goes one call deeper for every further member, so a body of empty members
/// overflows its stack. Here anything behind the first member is an error.
final class GunzipStream extends InflaterInputStream {

  private static final int HAS_HEADER_SUM = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int MAX_TEXT = 8192;

  private final CRC32 sum = new CRC32();
  private boolean started;
  private boolean ended;

  GunzipStream(InputStream packed) {
    super(packed, new Inflater(true), 8192);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (!started) {
      header();
      started = true;
    }
    if (ended) {
      return -1;
    }
    int count = super.read(target, offset, length);
    if (count < 0) {
      ended = true;
      trailer();
    } else {
      sum.update(target, offset, count);
    }
    return count;
  }

  private void header() throws IOException {
    if (next() != 0x1F || next() != 0x8B || next() != 8) {
      throw new IOException("the body is not the gzip it says it is");
    }
    int flags = next();
    for (int i = 0; i < 6; i++) {
      next();
    }
    if ((flags & HAS_EXTRA) != 0) {
      for (int left = next() | (next() << 8); left > 0; left--) {
        next();
      }
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
    if ((flags & HAS_HEADER_SUM) != 0) {
      next();
      next();
    }
  }

  private void skipText() throws IOException {
    for (int i = 0; i < MAX_TEXT; i++) {
      if (next() == 0) {
        return;
      }
    }
    throw new IOException("the gzip header is longer than %d bytes".formatted(MAX_TEXT));
  }

  private void trailer() throws IOException {
    byte[] tail = new byte[8];
    int left = Math.min(inf.getRemaining(), 8);
    int start = len - inf.getRemaining();
    System.arraycopy(buf, start, tail, 0, left);
    if (in.readNBytes(tail, left, 8 - left) != 8 - left) {
      throw new EOFException("the gzip body ends too early");
    }
    boolean more = inf.getRemaining() > 8 || in.read() >= 0;
    long stated =
        (tail[0] & 0xFFL)
            | (tail[1] & 0xFFL) << 8
            | (tail[2] & 0xFFL) << 16
            | (tail[3] & 0xFFL) << 24;
    inf.end();
    if (more || stated != sum.getValue()) {
      throw new IOException(
          more ? "there is something behind the gzip body" : "the sum of the gzip body is wrong");
    }
  }

  private int next() throws IOException {
    int value = in.read();
    if (value < 0) {
      throw new EOFException("the gzip body ends too early");
    }
    return value;
  }
}
