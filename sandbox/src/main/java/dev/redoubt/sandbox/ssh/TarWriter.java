// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;

/// Writes an archive that every `tar` reads: the old format, with GNU's entries for long names.
final class TarWriter {

  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final String LONG = "././@LongLink";

  private final OutputStream out;

  TarWriter(OutputStream out) {
    this.out = requireNonNull(out, "out");
  }

  void folder(String name) throws IOException {
    header(name + "/", '5', 0755, new Header(0, 0, ""));
  }

  void link(String name, String target) throws IOException {
    header(name, '2', 0777, new Header(0, 0, target));
  }

  /// Adds a file of exactly `size` bytes.
  ///
  /// @param modified in seconds of the epoch
  /// @throws EOFException if it has fewer
  void file(String name, boolean program, long modified, long size, InputStream content)
      throws IOException {
    header(name, '0', program ? 0755 : 0644, new Header(size, Math.max(0, modified), ""));
    byte[] chunk = new byte[16 << 10];
    long left = size;
    while (left > 0) {
      int read = content.read(chunk, 0, (int) Math.min(chunk.length, left));
      if (read < 0) {
        throw new EOFException("\"%s\" became shorter while it was sent".formatted(name));
      }
      out.write(chunk, 0, read);
      left -= read;
    }
    pad(size);
  }

  /// Ends the archive.
  void end() throws IOException {
    out.write(new byte[2 * BLOCK]);
  }

  private record Header(long size, long modified, String target) {}

  private void header(String name, char type, int mode, Header header) throws IOException {
    longText(name, 'L');
    longText(header.target(), 'K');
    byte[] block = new byte[BLOCK];
    text(block, 0, NAME, name);
    octal(block, 100, 8, mode);
    octal(block, 108, 8, 0);
    octal(block, 116, 8, 0);
    octal(block, 124, 12, header.size());
    octal(block, 136, 12, header.modified());
    block[156] = (byte) type;
    text(block, 157, NAME, header.target());
    text(block, 257, 8, "ustar  ");
    for (int i = 148; i < 156; i++) {
      block[i] = ' ';
    }
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    octal(block, 148, 7, sum);
    out.write(block);
  }

  private void longText(String text, char type) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length < NAME) {
      return;
    }
    header(LONG, type, 0, new Header(bytes.length + 1L, 0, ""));
    out.write(bytes);
    out.write(0);
    pad(bytes.length + 1L);
  }

  private void pad(long size) throws IOException {
    int over = (int) (size % BLOCK);
    if (over > 0) {
      out.write(new byte[BLOCK - over]);
    }
  }

  private static void text(byte[] block, int at, int length, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, block, at, Math.min(length, bytes.length));
  }

  private static void octal(byte[] block, int at, int length, long value) {
    String digits = String.format(Locale.ROOT, "%0" + (length - 1) + "o", value);
    System.arraycopy(digits.getBytes(US_ASCII), 0, block, at, length - 1);
    block[at + length - 1] = 0;
  }
}
