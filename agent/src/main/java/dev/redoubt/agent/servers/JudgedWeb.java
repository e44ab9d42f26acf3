// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.servers;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Verdict;
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
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Asks web servers for MCP. What the operator named may be reached wherever it is; everything
/// else, what a server names for example, is foreign: public addresses only, and only those that a
/// gate permits. Safe to share.
public final class JudgedWeb implements WebExchange {

  private static final int HEADER = 64 << 10;
  private static final WebLimits DOCUMENT =
      new WebLimits(HEADER, 1 << 20, Duration.ofMinutes(1), Duration.ofSeconds(30));
  private static final WebLimits STREAM =
      new WebLimits(
          HEADER, 1L << 30, Duration.ofHours(24), Duration.ofMinutes(31), Duration.ofMinutes(31));

  private final WebClient client;
  private final Reach reach;
  private final McpServers.Judge judge;

  /// What needs no decision for each request.
  ///
  /// @param named what the operator named, and nobody else
  /// @param connected where a gate has permitted to connect to; public addresses only
  public record Reach(List<StrictUrl> named, List<StrictUrl> connected) {
    public Reach {
      named = List.copyOf(named);
      connected = List.copyOf(connected);
    }
  }

  /// @param judge asks the gate about everything else, as a [Action.Fetch] each time
  public JudgedWeb(WebClient client, Reach reach, McpServers.Judge judge) {
    this.client = requireNonNull(client, "client");
    this.reach = requireNonNull(reach, "reach");
    this.judge = requireNonNull(judge, "judge");
  }

  @Override
  public Reply send(Ask ask) throws IOException {
    StrictUrl url = url(ask.url());
    Surface surface = surface(ask.method(), url);
    WebOutcome outcome =
        client.send(
            new WebRequest(
                ask.method(),
                url,
                headers(ask),
                Content.of(ask.body()),
                surface,
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

  private Surface surface(String method, StrictUrl url) throws IOException {
    for (StrictUrl named : reach.named()) {
      if (OperatorTarget.of(named).names(url)) {
        return new Surface.Operator(OperatorTarget.of(named));
      }
    }
    for (StrictUrl connected : reach.connected()) {
      if (OperatorTarget.of(connected).names(url)) {
        return new Surface.Open(NetworkRules.NONE);
      }
    }
    requirePermit(new Action.Fetch(method, url.text()));
    return new Surface.Open(NetworkRules.NONE);
  }

  private void requirePermit(Action.Fetch fetch) throws IOException {
    try {
      switch (judge.judge(fetch)) {
        case Verdict.Permitted(Permit permit) -> permit.spend();
        case Verdict.Refused(String _, Decision decision) ->
            throw new IOException(
                "it names %s, which is not reached: %s (rule %s)"
                    .formatted(origin(fetch.url()), decision.reason(), decision.rule()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("nobody waits for it any more");
    }
  }

  /* What stands behind it is the server's text, and may be long or a secret. */
  private static String origin(String url) {
    int slash = url.indexOf('/', url.indexOf("//") + 2);
    return slash < 0 ? url : url.substring(0, slash);
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
