// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.http;

import static java.util.Objects.requireNonNull;

import dev.redoubt.relay.engine.Judging;
import dev.redoubt.relay.engine.Side;
import java.io.IOException;
import java.util.Optional;

/// One server behind a gateway.
///
/// @param path where clients find it, `/files/mcp` for example
/// @param eras which requests it is asked
/// @param opener opens a way to it
public record Upstream(String path, Eras eras, Opener opener) {
  public Upstream {
    requireNonNull(path, "path");
    requireNonNull(eras, "eras");
    requireNonNull(opener, "opener");
  }

  /// Which requests a server is asked.
  public enum Eras {
    /// All.
    BOTH,
    /// Only those of sessions.
    SESSIONS
  }

  /// Opens ways to one server, each for one client alone. Safe to share.
  public interface Opener {

    /// Returns whether `client` may use the server.
    ///
    /// @param client the name of its token; empty when none is asked for
    boolean admits(Optional<String> client);

    /// Returns a new way to the server, which the caller closes.
    ///
    /// @param client the name of its token; empty when none is asked for
    /// @throws NotOpenedException if rules stop it
    /// @throws IOException if there is no way; the message says why, for a person
    Opened open(Optional<String> client) throws IOException, InterruptedException;
  }

  /// A way to a server.
  ///
  /// @param side the server
  /// @param judging judges what passes
  public record Opened(Side side, Judging judging) {
    public Opened {
      requireNonNull(side, "side");
      requireNonNull(judging, "judging");
    }
  }
}
