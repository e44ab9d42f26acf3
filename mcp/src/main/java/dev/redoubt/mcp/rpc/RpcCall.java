// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A request that was sent. Safe to share.
public final class RpcCall {

  private static final long NANOS_IN_MILLI = 1_000_000;

  private final RpcId id;
  private final Consumer<RpcCall> givenUp;
  private @Nullable RpcAnswer answer;
  private long stirred = System.nanoTime();

  RpcCall(RpcId id, Consumer<RpcCall> givenUp) {
    this.id = requireNonNull(id, "id");
    this.givenUp = requireNonNull(givenUp, "givenUp");
  }

  /// Returns what it is called.
  public RpcId id() {
    return id;
  }

  synchronized void answered(RpcAnswer given) {
    if (answer == null) {
      answer = given;
      notifyAll();
    }
  }

  /// Takes note that the other side still works on it.
  public synchronized void stir() {
    stirred = System.nanoTime();
    notifyAll();
  }

  /// Returns the answer, as soon as there is one, and after `wait` at the latest; empty when there
  /// is none yet. It goes on being waited for.
  public Optional<RpcAnswer> within(Duration wait) throws InterruptedException {
    return until(wait, wait);
  }

  /// Returns the answer. When there is none in time, or after an interrupt, the request is taken
  /// back.
  ///
  /// @param idle how long nothing may be heard of it
  /// @param most how long it may take in all
  public RpcAnswer await(Duration idle, Duration most) throws InterruptedException {
    long start = System.nanoTime();
    boolean answered = false;
    try {
      Optional<RpcAnswer> come = until(idle, most);
      answered = come.isPresent();
      return come.orElseGet(() -> new RpcAnswer.Late(Duration.ofNanos(System.nanoTime() - start)));
    } finally {
      if (!answered) {
        givenUp.accept(this);
      }
    }
  }

  private synchronized Optional<RpcAnswer> until(Duration idle, Duration most)
      throws InterruptedException {
    long start = System.nanoTime();
    stirred = start;
    while (answer == null) {
      long now = System.nanoTime();
      long left = Math.min(idle.toNanos() - (now - stirred), most.toNanos() - (now - start));
      if (left <= 0) {
        return Optional.empty();
      }
      wait(left / NANOS_IN_MILLI + 1);
    }
    return Optional.of(answer);
  }
}
