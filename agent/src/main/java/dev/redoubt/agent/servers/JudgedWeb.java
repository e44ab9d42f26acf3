// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Content;
import dev.redoubt.guard.network.NetworkRules;
import dev.redoubt.guard.network.OperatorTarget;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.mcp.http.HttpField;
import dev.redoubt.mcp.http.WebExchange;
import dev.redoubt.sandbox.network.Surface;
import dev.redoubt.sandbox.network.WebClient;
import dev.redoubt.sandbox.network.WebHeader;
import dev.redoubt.sandbox.network.WebLimits;
import dev.redoubt.sandbox.network.WebOutcome;
import dev.redoubt.sandbox.network.WebRequest;
import dev.redoubt.sandbox.network.WebResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Asks web servers for MCP. What the operator named may be reached wherever it is; everything
/// else, what a server names for example, is foreign: public addresses only. Safe to share.
public final class JudgedWeb implements WebExchange {

  private static final int HEADER = 64 << 10;
  private static final WebLimits DOCUMENT =
      new WebLimits(HEADER, 1 << 20, Duration.ofMinutes(1), Duration.ofSeconds(30));
  private static final WebLimits STREAM =
      new WebLimits(
          HEADER, 1L << 30, Duration.ofHours(24), Duration.ofMinutes(31), Duration.ofMinutes(31));

  private final WebClient client;
  private final List<OperatorTarget> named;

  /// @param named what the operator named, and nobody else
  public JudgedWeb(WebClient client, List<StrictUrl> named) {
    this.client = requireNonNull(client, "client");
    this.named = named.stream().map(OperatorTarget::of).toList();
  }

  @Override
  public Reply send(Ask ask) throws IOException {
    WebOutcome outcome =
        client.send(
            new WebRequest(
                ask.method(),
                url(ask.url()),
                headers(ask),
                Content.of(ask.body()),
                surface(url(ask.url())),
                ask.kind() == Ask.Kind.DOCUMENT ? DOCUMENT : STREAM));
    return switch (outcome) {
      case WebOutcome.Answered(WebResponse response) ->
          new Reply(response.status(), response.headers(), response.body());
      case WebOutcome.Refused(String _, String reason) -> throw new IOException(reason);
    };
  }

  private static StrictUrl url(String text) throws IOException {
    return switch (StrictUrl.read(text)) {
      case Reading.Good<StrictUrl>(StrictUrl url) -> url;
      case Reading.Bad<StrictUrl>(String _, String reason) -> throw new IOException(reason);
    };
  }

  private Surface surface(StrictUrl url) {
    return named.stream()
        .filter(target -> target.names(url))
        .<Surface>map(Surface.Operator::new)
        .findFirst()
        .orElse(new Surface.Open(NetworkRules.NONE));
  }

  /* What is not known to be harmless stays with the server it is for when that sends elsewhere. */
  private static List<WebHeader> headers(Ask ask) throws IOException {
    List<WebHeader> headers = new ArrayList<>();
    for (HttpField field : ask.fields()) {
      WebHeader.Kind kind =
          field.name().equals("Accept") || field.name().equals("Content-Type")
              ? WebHeader.Kind.PLAIN
              : WebHeader.Kind.SECRET;
      switch (WebHeader.read(field.name(), field.value(), kind)) {
        case Reading.Good<WebHeader>(WebHeader header) -> headers.add(header);
        case Reading.Bad<WebHeader>(String _, String reason) -> throw new IOException(reason);
      }
    }
    if (ask.kind() == Ask.Kind.STREAM) {
      // A packed stream would be held back until a block of it is full.
      headers.add(WebHeader.plain("Accept-Encoding", "identity"));
    }
    return headers;
  }
}
