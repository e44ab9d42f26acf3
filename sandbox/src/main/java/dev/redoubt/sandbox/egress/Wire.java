// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import dev.redoubt.sandbox.network.Connection;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/// One side of the proxy: what comes from it is buffered, counted and looked at before it goes on.
/// One thread may read while another writes; a second reader waits for the first, which happens
/// when a request is refused while its body is still on the way.
final class Wire {

  private static final int BUFFER = 16_384;
  private static final int MOST_LINGERED = 1 << 20;
  private static final Duration LINGERING = Duration.ofSeconds(2);

  private final Connection connection;
  private final InputStream in;
  private final OutputStream out;
  private final Visit visit;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;

  Wire(Connection connection, Visit visit) throws IOException {
    this.connection = connection;
    this.in = connection.input();
    this.out = connection.output();
    this.visit = visit;
  }

  Connection connection() {
    return connection;
  }

  /// Returns the next byte without taking it, or -1 at the end.
  int peek() throws IOException {
    synchronized (buffer) {
      return fill() ? buffer[at] & 0xFF : -1;
    }
  }

  /// Returns the byte that comes after `offset` others, without taking any; -1 at the end, and when
  /// there are more before it than are kept.
  int peek(int offset) throws IOException {
    synchronized (buffer) {
      while (end - at <= offset) {
        if (offset >= BUFFER) {
          return -1;
        }
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
        at = 0;
        int read = in.read(buffer, end, BUFFER - end);
        if (read <= 0) {
          return -1;
        }
        visit.moved(0);
        end += read;
      }
      return buffer[at + offset] & 0xFF;
    }
  }

  /// Takes the next byte, or returns -1 at the end.
  int read() throws IOException {
    synchronized (buffer) {
      return fill() ? buffer[at++] & 0xFF : -1;
    }
  }

  /// Takes at most `length` bytes that are there, at least one; returns -1 at the end.
  int read(byte[] target, int offset, int length) throws IOException {
    synchronized (buffer) {
      if (!fill()) {
        return -1;
      }
      int taken = Math.min(length, end - at);
      System.arraycopy(buffer, at, target, offset, taken);
      at += taken;
      return taken;
    }
  }

  /// Takes exactly `count` bytes.
  ///
  /// @throws EOFException if there are fewer
  byte[] take(int count) throws IOException {
    byte[] bytes = new byte[count];
    int taken = 0;
    while (taken < count) {
      int read = read(bytes, taken, count - taken);
      if (read < 0) {
        throw new EOFException("the connection ended early");
      }
      taken += read;
    }
    return bytes;
  }

  /// Returns everything that still comes, for another reader. Closing it does nothing.
  InputStream stream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return Wire.this.read();
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return length == 0 ? 0 : Wire.this.read(target, offset, length);
      }
    };
  }

  void write(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    out.flush();
    visit.moved(length);
  }

  /// Says that nothing more will be written, and reads for a moment and a while of what still
  /// comes: closing at once would take from the other side what was written last.
  void linger(Visit patient) {
    patient.within(LINGERING);
    try {
      connection.finish();
      int left = MOST_LINGERED;
      byte[] block = new byte[BUFFER];
      for (int read = 0; read >= 0 && left > 0; left -= read) {
        read = read(block, 0, BUFFER);
      }
    } catch (IOException e) {
      // It is gone, which is what was waited for.
      return;
    }
  }

  private boolean fill() throws IOException {
    if (at < end) {
      return true;
    }
    int read = in.read(buffer, 0, buffer.length);
    if (read <= 0) {
      return false;
    }
    visit.moved(0);
    at = 0;
    end = read;
    return true;
  }
}
