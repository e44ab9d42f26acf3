// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.redoubt.sandbox.egress.HeadLines.Unreadable;
import java.io.EOFException;
import java.io.IOException;

/// Carries the body of one message from one side to the other. Chunks are read strictly and written
/// anew, without their extensions and without trailers.
final class Body {

  private static final int BLOCK = 16_384;
  private static final int MAX_CHUNK_LINE = 512;
  private static final int MAX_TRAILER = 16_384;
  private static final int MAX_SIZE_DIGITS = 15;
  private static final byte[] LINE_END = {'\r', '\n'};

  private final Wire from;
  private final Wire to;
  private final boolean inChunks;

  /// @param inChunks whether a body that came in chunks, or until the end, leaves in chunks
  Body(Wire from, Wire to, boolean inChunks) {
    this.from = from;
    this.to = to;
    this.inChunks = inChunks;
  }

  /// Carries all of it.
  ///
  /// @throws EOFException if it ends early
  void carry(Framing framing) throws Unreadable, IOException {
    switch (framing) {
      case Framing.Nothing() -> {}
      case Framing.Length(long bytes) -> exactly(bytes, false);
      case Framing.Chunked() -> chunks();
      case Framing.UntilClosed() -> all();
    }
  }

  private void all() throws IOException {
    byte[] block = new byte[BLOCK];
    for (int read = from.read(block, 0, BLOCK); read >= 0; read = from.read(block, 0, BLOCK)) {
      to.write(block, 0, read);
    }
  }

  private void chunks() throws Unreadable, IOException {
    while (true) {
      long size = size(new HeadLines(from, MAX_CHUNK_LINE).next());
      if (size == 0) {
        Header.read(new HeadLines(from, MAX_TRAILER));
        if (inChunks) {
          to.write("0\r\n\r\n".getBytes(ISO_8859_1));
        }
        return;
      }
      exactly(size, inChunks);
      if (!new HeadLines(from, LINE_END.length).next().isEmpty()) {
        throw new Unreadable("a chunk is longer than it says");
      }
    }
  }

  private void exactly(long bytes, boolean framed) throws IOException {
    byte[] block = new byte[(int) Math.min(BLOCK, bytes)];
    long left = bytes;
    while (left > 0) {
      int read = from.read(block, 0, (int) Math.min(block.length, left));
      if (read < 0) {
        throw new EOFException("a body ended early");
      }
      if (framed) {
        to.write((Integer.toHexString(read) + "\r\n").getBytes(ISO_8859_1));
      }
      to.write(block, 0, read);
      if (framed) {
        to.write(LINE_END);
      }
      left -= read;
    }
  }

  private static long size(String line) throws Unreadable {
    int semicolon = line.indexOf(';');
    String digits = semicolon < 0 ? line : line.substring(0, semicolon);
    if (digits.isEmpty() || digits.length() > MAX_SIZE_DIGITS) {
      throw new Unreadable("a chunk has no size, or one that is too large");
    }
    long size = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), 16) : -1;
      if (digit < 0) {
        throw new Unreadable("the size of a chunk is no hexadecimal number");
      }
      size = size * 16 + digit;
    }
    return size;
  }
}
