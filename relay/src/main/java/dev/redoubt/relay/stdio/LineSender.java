// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.stdio;

import static java.util.Objects.requireNonNull;

import dev.redoubt.relay.engine.Sender;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;

/// Writes one message a line. Safe to share.
final class LineSender implements Sender {

  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();

  LineSender(OutputStream out) {
    this.out = requireNonNull(out, "out");
  }

  @Override
  public void send(byte[] message) throws IOException {
    byte[] line = new byte[message.length + 1];
    System.arraycopy(message, 0, line, 0, message.length);
    line[message.length] = '\n';
    lock.lock();
    try {
      out.write(line);
      out.flush();
    } finally {
      lock.unlock();
    }
  }
}
