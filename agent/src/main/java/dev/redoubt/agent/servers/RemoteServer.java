// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.mcp.client.ClientSettings.Approach;
import dev.redoubt.mcp.http.HttpField;
import dev.redoubt.mcp.oauth.OAuthSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A server that is reached over HTTP.
///
/// @param fields gives what is sent with each request besides
/// @param auth how this client gets in; empty when it does not try to
/// @param besides what else the operator named for it, an authorization server of their own network
///   for example: it may be loopback or private
/// @param approach of which era it is taken to be
public record RemoteServer(
    StrictUrl url,
    Supplier<List<HttpField>> fields,
    Optional<Supplier<OAuthSettings>> auth,
    List<StrictUrl> besides,
    Approach approach) {
  public RemoteServer {
    requireNonNull(url, "url");
    requireNonNull(fields, "fields");
    requireNonNull(auth, "auth");
    besides = List.copyOf(besides);
    requireNonNull(approach, "approach");
  }

  /// Returns the action that connects to it.
  Action.Connect action() {
    return new Action.Connect(url.scheme().text(), url.host().text(), url.port());
  }
}
