// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import dev.redoubt.agent.servers.RemoteServer;
import dev.redoubt.agent.servers.ServerPlan;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.sandbox.Table;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.DecisionLog;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.mcp.client.ClientSettings.Approach;
import dev.redoubt.mcp.rpc.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Servers that the operator named, in a flag or in the configuration of their own, for relays that
/// stand in front of them.
public final class OperatorServers {

  private static final Duration USUAL = Duration.ofSeconds(60);
  private static final int LONGEST_NAME = 32;

  private OperatorServers() {}

  /// Returns the server at `url`: the one of the configuration, with its headers and login, when
  /// that names one there, and else one that is asked without any.
  ///
  /// @throws UsageException if that is no address
  public static ServerPlan at(Call call, Path folder, String url) {
    StrictUrl place =
        switch (StrictUrl.read(url)) {
          case Reading.Good<StrictUrl>(StrictUrl read) -> read;
          case Reading.Bad<StrictUrl>(String _, String reason) ->
              throw new UsageException("--url \"%s\" is no address: %s".formatted(url, reason));
        };
    Table servers = Table.root(call).table("mcp").table("servers");
    for (String name : servers.node().fields().keySet()) {
      Table server = servers.table(name);
      if (ServerPlan.isName(name)
          && server.text("url").map(StrictUrl::read).filter(isAt(place)::equals).isPresent()) {
        return named(call, folder, name, server);
      }
    }
    return new ServerPlan(
        name(place),
        ServerPlan.Origin.OPERATOR,
        new ServerPlan.Way.Asks(
            new RemoteServer(place, List::of, Optional.empty(), List.of(), Approach.FIND_OUT)),
        USUAL,
        USUAL);
  }

  private static Reading<StrictUrl> isAt(StrictUrl place) {
    return StrictUrl.read(place.text());
  }

  private static String name(StrictUrl place) {
    String name =
        place.host().text().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").strip();
    String cut = name.substring(0, Math.min(name.length(), LONGEST_NAME));
    return ServerPlan.isName(cut) && !ServerPlan.isReserved(cut) ? cut : "remote";
  }

  /// Returns the server that `table` describes, with the keys of `[mcp.servers.NAME]`.
  ///
  /// @param folder where it starts: a real path
  /// @throws dev.redoubt.model.RedoubtException USAGE if it is malformed
  public static ServerPlan named(Call call, Path folder, String name, Table table) {
    return ServerSettings.plan(call, folder, name, table);
  }

  /// Returns the keys that `table` may have.
  public static List<String> keys(Table table) {
    return ServerSettings.keys(table);
  }

  /// Opens the way to a server over HTTP. Tokens of `redoubt mcp login` are used and refreshed;
  /// nobody is asked for one.
  ///
  /// @param guard judges what the server names besides, where a login is for example
  /// @param log where that is written down
  /// @throws IllegalArgumentException if `plan` is of a server that is started
  public static Transport open(
      Call call, Path folder, ServerPlan plan, Guard guard, DecisionLog log) {
    if (!(plan.way() instanceof ServerPlan.Way.Asks(RemoteServer server))) {
      throw new IllegalArgumentException("the server %s is started".formatted(plan.name()));
    }
    return new RemoteDoors(call, folder, new RemoteDoors.Guarding(guard, Approver.NEVER, log))
        .open(plan, server);
  }
}
