// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.redoubt.relay.engine.Heard;
import dev.redoubt.relay.engine.Side;
import dev.redoubt.relay.stdio.Ends;
import dev.redoubt.relay.stdio.StreamSide;
import dev.redoubt.sandbox.processes.RunningCommand;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A server that was started for one client, with all that surrounds it. Closing it ends the server
/// and everything it started.
final class ProcessSide implements Side {

  private static final System.Logger LOG = System.getLogger(ProcessSide.class.getName());

  /* What a server may take to end by itself once its input has ended. */
  private static final Duration FAREWELL = Duration.ofMillis(1_200);

  private final RunningCommand command;
  private final StreamSide streams;
  private final List<Closeable> surroundings;
  private boolean closed;

  /// @param surroundings closed after the server, in this order
  ProcessSide(RunningCommand command, List<Closeable> surroundings, int largest) {
    this.command = requireNonNull(command, "command");
    this.surroundings = List.copyOf(surroundings);
    this.streams = new StreamSide(new Ends(command.fromOutput(), command.toInput()), largest);
  }

  @Override
  public Optional<Heard> hear() throws IOException {
    return streams.hear();
  }

  @Override
  public void send(byte[] message) throws IOException {
    streams.send(message);
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    // A server that does not read holds the stream, and closing it would wait as well.
    Thread.ofVirtual().name("gateway-close").start(streams::close);
    if (!command.hasEndedWithin(FAREWELL)) {
      command.cut("its client has ended");
    }
    var _ = command.await();
    close(surroundings);
  }

  static void close(List<Closeable> all) {
    for (Closeable each : all) {
      try {
        each.close();
      } catch (IOException | RuntimeException e) {
        LOG.log(Level.WARNING, "what surrounded a server could not be ended", e);
      }
    }
  }
}
