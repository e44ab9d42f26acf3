// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/* The descriptors of a terminal. Each use holds the read lock, so a number is never used after it was
 * given back, when it may mean another file. Before it is given back all waiting is ended through an
 * event, because closing a descriptor wakes nobody. */
final class PtyChannel {

  private static final int MOST = 64 << 10;
  /* EFD_CLOEXEC. */
  private static final long CLOSE_ON_EXEC = 0x8_0000;
  private static final short READABLE = 1;
  private static final short WRITABLE = 4;
  private static final int SIZE_OF_POLL = 8;

  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
  private final Kernel kernel;
  private final int descriptor;
  private final int event;
  private int peer;
  private volatile boolean closed;

  PtyChannel(Kernel kernel, int descriptor, int peer) throws KernelException {
    this.kernel = kernel;
    this.descriptor = descriptor;
    this.peer = peer;
    long made = kernel.call(SystemCall.EVENTFD2, 0, CLOSE_ON_EXEC);
    if (made < 0) {
      kernel.close(peer);
      throw new KernelException("an event", (int) -made);
    }
    this.event = (int) made;
  }

  void control(String what, long request, long argument) throws KernelException {
    use.readLock().lock();
    try {
      requireOpen(what);
      kernel.must(what, SystemCall.IOCTL, descriptor, request, argument);
    } finally {
      use.readLock().unlock();
    }
  }

  private void requireOpen(String what) throws KernelException {
    if (closed) {
      throw new KernelException(what, KernelException.NOT_OPEN);
    }
  }

  /* Returns -1 at the end. */
  int read(byte[] into, int from, int length) throws IOException {
    use.readLock().lock();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(Math.min(length, MOST));
      while (!closed) {
        await(READABLE);
        long count =
            closed
                ? 0
                : kernel.call(SystemCall.READ, descriptor, bytes.address(), bytes.byteSize());
        if (count > 0) {
          MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, 0, into, from, (int) count);
          return (int) count;
        }
        // Everybody has closed the other side.
        if (count == 0 || count == -KernelException.INPUT_OUTPUT) {
          return -1;
        }
        requirePassing("reading a terminal", count);
      }
      return -1;
    } finally {
      use.readLock().unlock();
    }
  }

  void write(byte[] bytes, int from, int length) throws IOException {
    use.readLock().lock();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment chunk = arena.allocate(Math.max(1, Math.min(length, MOST)));
      int done = 0;
      while (done < length) {
        requireOpen("writing to a terminal");
        int next = (int) Math.min(chunk.byteSize(), length - done);
        MemorySegment.copy(bytes, from + done, chunk, ValueLayout.JAVA_BYTE, 0, next);
        await(WRITABLE);
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("interrupted while the terminal took nothing");
        }
        requireOpen("writing to a terminal");
        long count = kernel.call(SystemCall.WRITE, descriptor, chunk.address(), next);
        if (count < 0) {
          requirePassing("writing to a terminal", count);
        } else {
          done += (int) count;
        }
      }
    } finally {
      use.readLock().unlock();
    }
  }

  private static void requirePassing(String what, long result) throws KernelException {
    if (result != -KernelException.INTERRUPTED && result != -KernelException.AGAIN) {
      throw new KernelException(what, (int) -result);
    }
  }

  /* Returns when there is something to do, this is being closed, or a while has passed: an interrupt
   * does not end a wait of the kernel. */
  private void await(short what) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment most = arena.allocate(2 * Long.BYTES, Long.BYTES);
      most.set(ValueLayout.JAVA_LONG, Long.BYTES, 250_000_000L);
      MemorySegment poll = arena.allocate(2 * SIZE_OF_POLL, Integer.BYTES);
      poll.set(ValueLayout.JAVA_INT, 0, descriptor);
      poll.set(ValueLayout.JAVA_SHORT, Integer.BYTES, what);
      poll.set(ValueLayout.JAVA_INT, SIZE_OF_POLL, event);
      poll.set(ValueLayout.JAVA_SHORT, SIZE_OF_POLL + Integer.BYTES, READABLE);
      kernel.call(SystemCall.PPOLL, poll.address(), 2, most.address(), 0, 0);
    }
  }

  synchronized void releasePeer() {
    if (peer >= 0) {
      kernel.close(peer);
      peer = -1;
    }
  }

  synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1);
      kernel.call(SystemCall.WRITE, event, one.address(), Long.BYTES);
    }
    releasePeer();
    use.writeLock().lock();
    try {
      kernel.close(descriptor);
      kernel.close(event);
    } finally {
      use.writeLock().unlock();
    }
  }
}
