// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// A server that a session may use.
///
/// @param name 1 to 32 of `a-z A-Z 0-9 _ -`, without two `_` in a row
/// @param origin who named it
/// @param way how it is reached
/// @param start how long it may take until it answers
/// @param idle how long nothing may be heard of a call
public record ServerPlan(String name, Origin origin, Way way, Duration start, Duration idle) {

  private static final int LONGEST = 32;

  public ServerPlan {
    requireNonNull(origin, "origin");
    requireNonNull(way, "way");
    requireNonNull(start, "start");
    requireNonNull(idle, "idle");
    if (!isName(name)) {
      throw new IllegalArgumentException("\"%s\" is no name of a server".formatted(name));
    }
  }

  /// How a server is reached.
  public sealed interface Way {

    /// It is started, and spoken to over its standard input and output.
    record Starts(Action.Run run) implements Way {
      public Starts {
        requireNonNull(run, "run");
      }
    }

    /// It runs somewhere, and is asked over HTTP.
    record Asks(RemoteServer server) implements Way {
      public Asks {
        requireNonNull(server, "server");
      }
    }
  }

  /// Who named a server.
  public enum Origin {
    /// The operator, in the configuration of their own: they want it started.
    OPERATOR,
    /// A checkout that is trusted.
    CHECKOUT
  }

  /// Returns whether a server can be called `text`.
  public static boolean isName(String text) {
    return text.length() <= LONGEST && text.matches("[A-Za-z0-9-]+(_[A-Za-z0-9-]+)*");
  }

  /* What a rule says of these is said of Redoubt's own services, of language servers or of servers
   * of plugins, and must never be true of somebody else's server. */
  private static final List<String> OWN = List.of("lsp-", "plugin_");

  /// Returns whether Redoubt keeps the name `text` for itself, in whatever letters: `redoubt`, and
  /// what begins with `lsp-` or `plugin_`.
  public static boolean isReserved(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.equals("redoubt") || OWN.stream().anyMatch(lower::startsWith);
  }

  /// Returns the action that starts it, or connects to it.
  public Action action() {
    return switch (way) {
      case Way.Starts(Action.Run run) -> new Action.StartServer(name, run);
      case Way.Asks(RemoteServer server) -> server.action();
    };
  }

  /// Returns whose server it is, for what is kept of it: a name means another server in each
  /// checkout.
  public String scope(Path workspace) {
    return switch (origin) {
      case OPERATOR -> "operator";
      case CHECKOUT -> "checkout " + workspace;
    };
  }

  /// Says whether it is reached over HTTP.
  public boolean isRemote() {
    return way instanceof Way.Asks;
  }
}
