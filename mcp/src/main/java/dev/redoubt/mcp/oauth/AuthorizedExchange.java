// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import static java.util.Objects.requireNonNull;

import dev.redoubt.mcp.http.HttpField;
import dev.redoubt.mcp.http.WebExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;

/// Asks one MCP server with a token, and gets another when it wants one: at most a few times for
/// one question. Safe to share.
public final class AuthorizedExchange implements WebExchange {

  private static final int MOST = 3;

  private final WebExchange web;
  private final Authorizer authorizer;

  public AuthorizedExchange(WebExchange web, Authorizer authorizer) {
    this.web = requireNonNull(web, "web");
    this.authorizer = requireNonNull(authorizer, "authorizer");
  }

  /// Returns what the server answered.
  ///
  /// @throws AuthorizationException if it lets nobody in with what can be got here
  @Override
  public Reply send(Ask ask) throws IOException {
    try {
      Optional<Token> token = authorizer.token();
      for (int attempt = 1; ; attempt++) {
        Reply reply = web.send(with(ask, token));
        Challenge challenge = Challenge.read(reply.all("www-authenticate"));
        boolean wanted =
            reply.status() == 401 || (reply.status() == 403 && challenge.wantsMoreScope());
        if (!wanted || attempt > MOST) {
          return reply;
        }
        reply.close();
        token = Optional.of(authorizer.renewed(challenge, token));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("nobody waits for it any more");
    }
  }

  private static Ask with(Ask ask, Optional<Token> token) {
    return token
        .map(one -> ask.with(new HttpField("Authorization", "Bearer " + one.access())))
        .orElse(ask);
  }
}
