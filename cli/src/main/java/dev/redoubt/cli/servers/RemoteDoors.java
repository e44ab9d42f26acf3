// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.servers.JudgedWeb;
import dev.redoubt.agent.servers.RemoteDoor;
import dev.redoubt.agent.servers.RemoteServer;
import dev.redoubt.agent.servers.ServerPlan;
import dev.redoubt.cli.Call;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.DecisionLog;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.mcp.http.HttpTransport;
import dev.redoubt.mcp.http.WebExchange;
import dev.redoubt.mcp.oauth.AuthorizedExchange;
import dev.redoubt.mcp.oauth.Authorizer;
import dev.redoubt.mcp.oauth.Consent;
import dev.redoubt.mcp.oauth.Secrets;
import dev.redoubt.mcp.rpc.Transport;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.network.WebClient;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Opens the way to servers over HTTP, for one call. Nobody is shown a page: who has to log in does
/// that with `redoubt mcp login`. What a server names goes through the gate. Safe to share.
final class RemoteDoors implements RemoteDoor {

  private static final int LARGEST = 16 << 20;

  private final Call call;
  private final Path workspace;
  private final Guarding guarding;

  /// Who decides about what a server names.
  ///
  /// @param approver answers questions about what a server of a plugin or a checkout names; those
  ///   about one of the operator's are answered by its being named
  record Guarding(Guard guard, Approver approver, DecisionLog log) {
    Guarding {
      requireNonNull(guard, "guard");
      requireNonNull(approver, "approver");
      requireNonNull(log, "log");
    }

    /// Nothing may be asked: for what needs no server.
    static final Guarding NOBODY =
        new Guarding(
            new Guard() {
              @Override
              public String name() {
                return "nobody";
              }

              @Override
              public Decision review(Action action) {
                return new Decision.Deny("net.offline", "nothing is asked for this", List.of());
              }
            },
            Approver.NEVER,
            DecisionLog.NONE);

    private Gate gate(ServerPlan.Origin origin) {
      return switch (origin) {
        case OPERATOR -> new Gate(List.of(guard), (_, _) -> Approver.Answer.YES, log);
        case PLUGIN, CHECKOUT -> new Gate(List.of(guard), approver, log);
      };
    }
  }

  /// @param workspace where a session is: a name of a checkout means another server in each
  RemoteDoors(Call call, Path workspace, Guarding guarding) {
    this.call = requireNonNull(call, "call");
    this.workspace = requireNonNull(workspace, "workspace");
    this.guarding = requireNonNull(guarding, "guarding");
  }

  @Override
  public Transport open(ServerPlan plan, RemoteServer server) {
    WebExchange web = web(plan, server);
    Optional<Authorizer> authorizer = authorizer(plan, server, Optional.empty());
    return new HttpTransport(
        authorizer.<WebExchange>map(it -> new AuthorizedExchange(web, it)).orElse(web),
        server.url().text(),
        server.fields().get(),
        LARGEST);
  }

  /// Returns who gets tokens for a server; empty for one that gets none.
  ///
  /// @param consent shows pages to a person; empty when nobody is there
  Optional<Authorizer> authorizer(ServerPlan plan, RemoteServer server, Optional<Consent> consent) {
    return server
        .auth()
        .map(Supplier::get)
        .map(settings ->
            new Authorizer(
                plan.scope(workspace) + "\n" + plan.name(),
                server.url().text(),
                settings,
                new Authorizer.Tools(
                    web(plan, server),
                    vault(),
                    consent,
                    call.world().clock(),
                    new Secrets(new SecureRandom()))));
  }

  private FileVault vault() {
    return new FileVault(call.globals().dataDir().resolve("mcp").resolve("tokens"));
  }

  private WebExchange web(ServerPlan plan, RemoteServer server) {
    JudgedWeb.Reach reach =
        switch (plan.origin()) {
          case OPERATOR -> {
            List<StrictUrl> named = new ArrayList<>(server.besides());
            named.add(server.url());
            yield new JudgedWeb.Reach(named, List.of());
          }
          // Nothing a plugin or a checkout names may be inside.
          case PLUGIN, CHECKOUT -> new JudgedWeb.Reach(List.of(), List.of(server.url()));
        };
    try {
      return new JudgedWeb(WebClient.create(), reach, guarding.gate(plan.origin())::judge);
    } catch (SocketException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "the network cards cannot be listed: " + e.getMessage(), e);
    }
  }
}
