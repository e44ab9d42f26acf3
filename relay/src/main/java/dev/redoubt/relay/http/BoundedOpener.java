// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.http;

import static java.util.Objects.requireNonNull;

import dev.redoubt.relay.engine.Heard;
import dev.redoubt.relay.engine.Side;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Opens a server no more for a while that has ended by itself too often: one that ends at once
/// would else be started without end. Safe to share.
final class BoundedOpener implements Upstream.Opener {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Upstream.Opener opener;
  private final int most;
  private final Deque<Long> losses = new ArrayDeque<>();

  /// @param most how many times a minute it may end by itself
  BoundedOpener(Upstream.Opener opener, int most) {
    this.opener = requireNonNull(opener, "opener");
    this.most = most;
  }

  @Override
  public boolean admits(Optional<String> client) {
    return opener.admits(client);
  }

  @Override
  public Upstream.Opened open(Optional<String> client) throws IOException, InterruptedException {
    check();
    try {
      Upstream.Opened opened = opener.open(client);
      return new Upstream.Opened(new Watched(opened.side()), opened.judging());
    } catch (NotOpenedException e) {
      throw e;
    } catch (IOException e) {
      lost();
      throw e;
    }
  }

  private synchronized void check() throws NotOpenedException {
    long now = System.nanoTime();
    while (!losses.isEmpty() && now - losses.getFirst() > MINUTE.toNanos()) {
      losses.removeFirst();
    }
    if (losses.size() >= most) {
      throw new NotOpenedException(
          "relay.server-unsteady", "the server has ended %d times in a minute".formatted(most));
    }
  }

  private synchronized void lost() {
    losses.addLast(System.nanoTime());
  }

  private final class Watched implements Side {

    private final Side side;
    private volatile boolean isExpected;

    Watched(Side side) {
      this.side = requireNonNull(side, "side");
    }

    @Override
    public Optional<Heard> hear() throws IOException {
      boolean goesOn = false;
      try {
        Optional<Heard> heard = side.hear();
        goesOn = heard.isPresent();
        return heard;
      } finally {
        if (!goesOn && !isExpected) {
          lost();
        }
      }
    }

    @Override
    public void send(byte[] message) throws IOException {
      side.send(message);
    }

    @Override
    public void close() {
      isExpected = true;
      side.close();
    }
  }
}
