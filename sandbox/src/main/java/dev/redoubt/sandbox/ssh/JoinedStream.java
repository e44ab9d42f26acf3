// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One stream made of several, each read to its end before the next. Between two it waits for what
/// comes: another one, or the end.
///
/// Safe to share between its one reader and whoever joins.
final class JoinedStream extends InputStream {

  private @Nullable InputStream current;
  private boolean over;
  private boolean given;
  private long count;

  JoinedStream(InputStream first) {
    this.current = requireNonNull(first, "first");
  }

  /// Continues with `next`.
  synchronized void join(InputStream next) {
    current = requireNonNull(next, "next");
    notifyAll();
  }

  /// Ends it: after what is being read nothing comes.
  synchronized void end() {
    over = true;
    notifyAll();
  }

  /// Returns how many bytes were read, once the stream that came last was read to its end.
  synchronized long awaitDrained() throws InterruptedException {
    while (current != null && !given) {
      wait();
    }
    return count;
  }

  private synchronized @Nullable InputStream awaitNext() throws IOException {
    try {
      while (current == null && !over && !given) {
        wait();
      }
      return given ? null : current;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private synchronized void advance(InputStream from, int length) {
    if (length > 0) {
      count += length;
    } else if (Objects.equals(current, from)) {
      current = null;
      notifyAll();
    }
  }

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
    for (InputStream from = awaitNext(); from != null; from = awaitNext()) {
      int read;
      try {
        read = from.read(bytes, offset, length);
      } catch (IOException e) {
        // The client was ended while it was read.
        read = -1;
      }
      advance(from, read);
      if (read > 0) {
        return read;
      }
    }
    return -1;
  }

  @Override
  public int available() throws IOException {
    InputStream from;
    synchronized (this) {
      from = current;
    }
    return from == null ? 0 : from.available();
  }

  @Override
  public void close() throws IOException {
    InputStream from;
    synchronized (this) {
      given = true;
      from = current;
      notifyAll();
    }
    if (from != null) {
      from.close();
    }
  }
}
