// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.network;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.network.StrictUrl;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Connections between two requests, each for exactly what it was opened for. Nobody reads from one
/// here; it is closed when its time is up. Safe to share.
final class KeptConnections {

  private static final Logger log = System.getLogger(KeptConnections.class.getName());
  private static final int MOST = 8;
  private static final Duration LONGEST_AGE = Duration.ofMinutes(10);
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final Duration idle;
  private final Deque<Resting> resting = new ArrayDeque<>();

  /// What a connection is for: one place, reached under one set of rules, asked with the very same
  /// headers, keys among them.
  ///
  /// @param origin scheme, host and port
  record Use(String origin, Surface surface, List<WebHeader> headers, WebLimits limits) {
    Use {
      requireNonNull(origin, "origin");
      requireNonNull(surface, "surface");
      headers = List.copyOf(headers);
      requireNonNull(limits, "limits");
    }

    static Use of(WebRequest request, StrictUrl url) {
      String origin = url.scheme() + "://" + url.host().text() + ":" + url.port();
      return new Use(origin, request.surface(), request.headers(), request.limits());
    }
  }

  private record Resting(Use use, HttpWire wire, Deadline until) {}

  /// @param idle how long one may wait for its next request
  KeptConnections(Duration idle) {
    this.idle = requireNonNull(idle, "idle");
  }

  /// Returns a connection for `use` that was kept, and is the caller's from then on.
  @Nullable HttpWire take(Use use) {
    for (Resting next = next(use); next != null; next = next(use)) {
      // Close to its end its closing may be under way.
      boolean inTime = next.until().left().compareTo(MARGIN) > 0;
      next.until().close();
      if (inTime && next.wire().isQuiet()) {
        return next.wire();
      }
      end(next.wire());
    }
    return null;
  }

  /// Keeps `wire`, whose last answer was read to its end.
  void put(Use use, HttpWire wire) {
    if (wire.age().compareTo(LONGEST_AGE) > 0) {
      end(wire);
      return;
    }
    wire.rest();
    Deadline until = Deadline.in(idle);
    Resting oldest = null;
    try {
      until.closes(wire);
      synchronized (resting) {
        resting.removeIf(it -> it.until().left().isZero());
        oldest = resting.size() == MOST ? resting.removeLast() : null;
        resting.addFirst(new Resting(use, wire, until));
      }
    } catch (IOException e) {
      log.log(Level.DEBUG, "a connection could not be closed", e);
    }
    if (oldest != null) {
      oldest.until().close();
      end(oldest.wire());
    }
  }

  private @Nullable Resting next(Use use) {
    synchronized (resting) {
      for (Iterator<Resting> all = resting.iterator(); all.hasNext(); ) {
        Resting one = all.next();
        if (one.use().equals(use)) {
          all.remove();
          return one;
        }
      }
      return null;
    }
  }

  private static void end(HttpWire wire) {
    try {
      wire.close();
    } catch (IOException e) {
      log.log(Level.DEBUG, "a connection could not be closed", e);
    }
  }
}
