// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.servers.JudgedWeb;
import dev.redoubt.agent.servers.RemoteDoor;
import dev.redoubt.agent.servers.RemoteServer;
import dev.redoubt.agent.servers.ServerPlan;
import dev.redoubt.cli.Call;
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
/// that with `redoubt mcp login`. Safe to share.
final class RemoteDoors implements RemoteDoor {

  private static final int LARGEST = 16 << 20;

  private final Call call;
  private final Path workspace;

  /// @param workspace where a session is: a name of a checkout means another server in each
  RemoteDoors(Call call, Path workspace) {
    this.call = requireNonNull(call, "call");
    this.workspace = requireNonNull(workspace, "workspace");
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

  private static WebExchange web(ServerPlan plan, RemoteServer server) {
    List<StrictUrl> named = new ArrayList<>();
    switch (plan.origin()) {
      case OPERATOR -> {
        named.add(server.url());
        named.addAll(server.besides());
      }
      case PLUGIN, CHECKOUT -> {
        // Nothing a plugin or a checkout names may be inside.
      }
    }
    try {
      return new JudgedWeb(WebClient.create(), named);
    } catch (SocketException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "the network cards cannot be listed: " + e.getMessage(), e);
    }
  }
}
