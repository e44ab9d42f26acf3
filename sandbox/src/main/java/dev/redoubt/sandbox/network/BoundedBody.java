// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// A body that ends in an [IOException] when it is larger than allowed.
///
/// Reading to its end ends what it was given to end, closing it before closes that; nothing further
/// is read then. Whichever comes first counts.
final class BoundedBody extends FilterInputStream {

  /// What carries a body.
  interface Carrier extends Closeable {

    /// Was read to the end of the body.
    void end() throws IOException;

    /// Lets a read wait for at most `longest`.
    default void patience(Duration longest) throws IOException {}
  }

  private static final Duration RUSH = Duration.ofMillis(200);
  private static final int MOST_LEFT = 16 << 10;

  private final long limit;
  private final Deadline deadline;
  private final Carrier carrier;
  private final AtomicBoolean over = new AtomicBoolean();
  private long taken;

  BoundedBody(InputStream body, long limit, Deadline deadline, Carrier carrier) {
    super(body);
    this.limit = limit;
    this.deadline = deadline;
    this.carrier = carrier;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count;
    try {
      count = in.read(target, offset, length);
    } catch (SocketTimeoutException e) {
      throw deadline.explain(new IOException("nothing came for too long", e));
    } catch (IOException e) {
      throw deadline.explain(e);
    }
    if (count < 0) {
      if (over.compareAndSet(false, true)) {
        carrier.end();
      }
    } else {
      taken += count;
      if (taken > limit) {
        close();
        throw new IOException("the body is larger than %d bytes".formatted(limit));
      }
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] skipped = new byte[Math.clamp(count, 0, 8192)];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /// Reads what little may be left, for a moment. When that is not all of it nothing is lost: the
  /// body is closed then.
  void finish() throws IOException {
    if (over.get()) {
      return;
    }
    long end = System.nanoTime() + RUSH.toNanos();
    byte[] left = new byte[1024];
    int count = 0;
    try {
      carrier.patience(RUSH);
      for (int got = 0; !over.get() && got >= 0; count += got) {
        if (count > MOST_LEFT || System.nanoTime() > end) {
          close();
          return;
        }
        got = read(left, 0, left.length);
      }
    } catch (IOException e) {
      close();
    }
  }

  @Override
  public void close() throws IOException {
    if (over.compareAndSet(false, true)) {
      carrier.close();
    }
  }
}
