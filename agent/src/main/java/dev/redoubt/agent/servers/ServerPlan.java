// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A server that a session may use.
///
/// @param name 1 to 32 of `a-z A-Z 0-9 _ -`, without two `_` in a row; of a plugin as [#ofPlugin]
///   has it
/// @param origin who named it
/// @param way how it is reached
/// @param start how long it may take until it answers
/// @param idle how long nothing may be heard of a call
public record ServerPlan(String name, Origin origin, Way way, Duration start, Duration idle) {

  private static final int LONGEST = 32;

  /* With it, tools of up to 12 letters still fit into the names that models are told. */
  private static final int LONGEST_OF_PLUGIN = 45;
  private static final String PLUGIN = "plugin_";

  public ServerPlan {
    requireNonNull(origin, "origin");
    requireNonNull(way, "way");
    requireNonNull(start, "start");
    requireNonNull(idle, "idle");
    if (origin == Origin.PLUGIN ? !isNameOfPlugin(name) : !isName(name)) {
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
    /// A plugin that was added.
    PLUGIN,
    /// A checkout that is trusted.
    CHECKOUT
  }

  /// Returns whether a server can be called `text`.
  public static boolean isName(String text) {
    return text.length() <= LONGEST && hasLetters(text);
  }

  private static boolean hasLetters(String text) {
    return text.matches("[A-Za-z0-9-]+(_[A-Za-z0-9-]+)*");
  }

  /// Returns what the server `name` of the plugin `plugin` is called: `plugin_PLUGIN_NAME`, which
  /// no other server can be. Empty when that has letters a name cannot have, or over 45 of them.
  ///
  /// @param plugin of `a-z`, `0-9` and `-`, so that the first `_` behind it is its end
  public static Optional<String> ofPlugin(String plugin, String name) {
    return Optional.of(PLUGIN + plugin + "_" + name).filter(ServerPlan::isNameOfPlugin);
  }

  private static boolean isNameOfPlugin(String text) {
    return text.length() <= LONGEST_OF_PLUGIN
        && hasLetters(text)
        && text.startsWith(PLUGIN)
        && text.indexOf('_', PLUGIN.length()) > 0;
  }

  /// Returns the plugin that brings it; empty when none does.
  public Optional<String> plugin() {
    return origin == Origin.PLUGIN
        ? Optional.of(name.substring(PLUGIN.length(), name.indexOf('_', PLUGIN.length())))
        : Optional.empty();
  }

  /* What a rule says of these is said of Redoubt's own services, of language servers or of servers
   * of plugins, and must never be true of somebody else's server. */
  private static final List<String> OWN = List.of("lsp-", PLUGIN);

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
  /// checkout, and that of a plugin's holds the plugin's.
  public String scope(Path workspace) {
    return switch (origin) {
      case OPERATOR -> "operator";
      case PLUGIN -> "plugin";
      case CHECKOUT -> "checkout " + workspace;
    };
  }

  /// Says whether it is reached over HTTP.
  public boolean isRemote() {
    return way instanceof Way.Asks;
  }
}
