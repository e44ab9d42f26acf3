// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import dev.redoubt.sandbox.network.Connection;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One program's connection to the proxy, with whatever was opened for it and the time it has.
///
/// Safe to share: the proxy closes it from outside when its time is over.
final class Visit implements AutoCloseable {

  private static final Logger log = System.getLogger(Visit.class.getName());
  private static final Duration EBBING = Duration.ofMinutes(1);

  private final House house;
  private final List<Connection> open = new ArrayList<>();
  private boolean closed;
  private @Nullable Connection awaited;
  private boolean late;
  private volatile long due;
  private volatile boolean hurried = true;
  private volatile boolean renewed;
  private volatile Duration idle;

  Visit(House house, Connection client) {
    this.house = house;
    this.idle = house.terms().limits().idle();
    open.add(client);
    within(house.terms().limits().patience());
  }

  House house() {
    return house;
  }

  /// Gives what comes next `time` in all, whatever moves meanwhile.
  void within(Duration time) {
    renewed = false;
    due = System.nanoTime() + time.toNanos();
    hurried = true;
  }

  /// Lets the visit live as long as something moves.
  void whileMoving() {
    renewed = true;
    due = System.nanoTime() + idle.toNanos();
    hurried = true;
  }

  /// Gives a visit less time without movement from now on: the program has sent its last byte, and
  /// is often gone.
  void ebbs() {
    idle = idle.compareTo(EBBING) < 0 ? idle : EBBING;
    whileMoving();
  }

  /// Stops the clock: a person is asked, or a server that has its own time.
  void unhurried() {
    hurried = false;
  }

  /// Gives `server` as long as the limits say to begin its answer; only it is closed when it does
  /// not.
  void awaits(Connection server) {
    whileMoving();
    synchronized (this) {
      awaited = server;
    }
  }

  /// Ends the waiting for a server.
  void answered() {
    synchronized (this) {
      awaited = null;
    }
  }

  /// Says whether a server was waited for in vain.
  synchronized boolean wasLate() {
    return late;
  }

  /// Ends what the visit waits for: its server, or all of it.
  void timeIsUp() {
    Connection server;
    synchronized (this) {
      server = awaited;
      awaited = null;
      late = server != null;
    }
    if (server == null) {
      close();
      return;
    }
    within(house.terms().limits().patience());
    end(server);
  }

  /// Counts `bytes` that were carried.
  ///
  /// @throws IOException if the proxy carried as much as it may
  void moved(long bytes) throws IOException {
    if (renewed) {
      due = System.nanoTime() + idle.toNanos();
    }
    if (house.carried().addAndGet(bytes) > house.terms().limits().bytes()) {
      throw new IOException("the proxy carried as much as it may");
    }
  }

  boolean isOverdue(long now) {
    return hurried && now - due > 0;
  }

  /// Will close `connection` with the visit, at once when that is over.
  Connection owns(Connection connection) throws IOException {
    synchronized (this) {
      if (!closed) {
        open.add(connection);
        return connection;
      }
    }
    connection.close();
    throw new IOException("the visit is over");
  }

  /// Closes `connection` before the visit ends.
  void release(Connection connection) {
    synchronized (this) {
      open.remove(connection);
    }
    end(connection);
  }

  @Override
  public void close() {
    List<Connection> ending;
    synchronized (this) {
      closed = true;
      ending = List.copyOf(open);
      open.clear();
    }
    ending.forEach(Visit::end);
  }

  private static void end(Connection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      log.log(Level.DEBUG, "a connection could not be closed", e);
    }
  }
}
