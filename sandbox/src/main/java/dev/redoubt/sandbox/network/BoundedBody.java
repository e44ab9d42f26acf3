// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/// A body that ends in an [IOException] when it is larger than allowed.
///
/// Closing it, or reading to its end, closes what it was given to close; nothing further is read.
final class BoundedBody extends FilterInputStream {

  private final long limit;
  private final Deadline deadline;
  private final Closeable connection;
  private long taken;

  BoundedBody(InputStream body, long limit, Deadline deadline, Closeable connection) {
    super(body);
    this.limit = limit;
    this.deadline = deadline;
    this.connection = connection;
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
      connection.close();
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

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
