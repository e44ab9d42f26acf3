// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.kernel.Spawning;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One short exchange with a program of this machine: what goes in, what comes out, and a limit for
/// both together.
final class RemoteCall<T> {

  /// Writes what goes in.
  @FunctionalInterface
  interface Sender {
    /// Sends nothing.
    Sender NOTHING = _ -> {};

    void sendTo(OutputStream out) throws IOException;
  }

  /// Reads what comes out, within limits of its own.
  @FunctionalInterface
  interface Receiver<T> {
    T receive(InputStream in) throws IOException;
  }

  /// How it went.
  ///
  /// @param code of the program
  record Reply<T>(int code, T received) {}

  private final Process process;
  private final FutureTask<T> receiving;
  private volatile @Nullable IOException unsent;

  private RemoteCall(Process process, Sender sender, Receiver<T> receiver) {
    this.process = process;
    this.receiving = new FutureTask<>(() -> receiver.receive(process.getInputStream()));
    Thread.ofVirtual().name("ssh-send").start(() -> send(sender));
    Thread.ofVirtual().name("ssh-receive").start(receiving);
  }

  /// Returns how it went. Nothing of it runs any more then.
  ///
  /// @throws IOException if it cannot be started, takes longer than `patience`, or what comes out
  ///   is more than the receiver takes
  static <T> Reply<T> of(
      ProcessBuilder described, Sender sender, Receiver<T> receiver, Duration patience)
      throws IOException, InterruptedException {
    requireNonNull(sender, "sender");
    described.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = Spawning.start(described);
    try {
      return new RemoteCall<>(process, sender, receiver).await(patience);
    } finally {
      process.destroyForcibly();
    }
  }

  private void send(Sender sender) {
    try (OutputStream to = process.getOutputStream()) {
      try {
        sender.sendTo(to);
      } catch (IOException e) {
        unsent = e;
        process.destroyForcibly();
      }
    } catch (IOException e) {
      // It ended without reading all of it, which its code tells.
    }
  }

  private Reply<T> await(Duration patience) throws IOException, InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    try {
      T received = receiving.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (process.waitFor(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS)) {
        return new Reply<>(process.exitValue(), received);
      }
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (TimeoutException e) {
      // Said below.
    }
    throw new LinkException("no answer came within %d seconds".formatted(patience.toSeconds()));
  }

  private IOException failure(@Nullable Throwable cause) {
    IOException first = unsent;
    if (first != null) {
      return first;
    }
    return cause instanceof IOException failed
        ? failed
        : new IOException(String.valueOf(cause), cause);
  }
}
