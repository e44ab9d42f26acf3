// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.search;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Step;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.network.OperatorTarget;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.Outcome;
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
import java.util.Optional;
import java.util.function.Supplier;

/// Asks the search engine of an operator, for calls of `redoubt/web_search` that were permitted.
///
/// Only its host and port are reached, redirects included. The key goes into one header of a
/// request to it and nowhere else: no outcome quotes it, nor the address it is asked at, which may
/// have one in it. Safe to share.
public final class WebSearch {

  /// The tool that rules know as `redoubt/web_search`.
  public static final String TOOL = "web_search";

  private static final int HEADER_BYTES = 64 << 10;
  private static final int LONGEST_REASON = 200;
  /* What is shorter stands in ordinary words too. */
  private static final int SHORTEST_SECRET = 8;

  private final SearchPlan plan;
  private final Supplier<String> key;
  private final WebClient client;

  /// @param key gives the key when it is needed, or throws a [RedoubtException]; not asked where
  ///   `plan` has no header for it
  public WebSearch(SearchPlan plan, Supplier<String> key, WebClient client) {
    this.plan = requireNonNull(plan, "plan");
    this.key = requireNonNull(key, "key");
    this.client = requireNonNull(client, "client");
  }

  /// Returns host and port of the search engine.
  public String at() {
    return switch (SearchPlan.place(plan.url())) {
      case Reading.Good<StrictUrl>(StrictUrl url) -> url.authority();
      case Reading.Bad<StrictUrl>(String _, String reason) ->
          throw new IllegalStateException(reason);
    };
  }

  /// Says whether `action` is a search.
  public static boolean isSearch(Action action) {
    return action instanceof Action.CallTool call
        && call.server().equals(Step.Own.SERVER)
        && call.tool().equals(TOOL);
  }

  /// Returns what came of a search that was permitted: [Outcome.Called] with
  /// `{"results":[{"title","address","text"}]}`, at most ten, as the engine put them, or
  /// [Outcome.Failed].
  ///
  /// @param permit of what [#isSearch]; is spent
  public Outcome perform(Permit permit) {
    if (!(permit.spend() instanceof Action.CallTool call) || !isSearch(call)) {
      throw new IllegalArgumentException("only searches are performed here");
    }
    String query = call.arguments().text("query").orElse("");
    return switch (plan.asked(query)) {
      case Reading.Good<StrictUrl>(StrictUrl url) -> asked(url, query);
      case Reading.Bad<StrictUrl> _ ->
          new Outcome.Failed("%s: the query cannot stand in an address".formatted(at()));
    };
  }

  private Outcome asked(StrictUrl url, String query) {
    String secret = "";
    try {
      secret = plan.header().isPresent() ? key.get() : "";
      return asked(url, query, secret);
    } catch (RedoubtException | IllegalArgumentException e) {
      // The reason names a file or a program of the operator's; it is no concern of a model's.
      return new Outcome.Failed(
          "%s: there is no usable key for it; the table search of the configuration says from where"
              .formatted(at()));
    } catch (IOException e) {
      String reason = hidden(String.valueOf(e.getMessage()), url, secret);
      return new Outcome.Failed(
          "%s: %s"
              .formatted(
                  at(),
                  reason.length() > LONGEST_REASON
                      ? reason.substring(0, LONGEST_REASON) + " […]"
                      : reason));
    }
  }

  private Outcome asked(StrictUrl url, String query, String secret) throws IOException {
    List<WebHeader> headers = new ArrayList<>();
    headers.add(WebHeader.plain("Accept", "application/json"));
    if (plan.body().isPresent()) {
      headers.add(WebHeader.plain("Content-Type", "application/json"));
    }
    plan.header()
        .ifPresent(
            header -> headers.add(WebHeader.secret(header.name(), header.before() + secret)));
    WebRequest request =
        new WebRequest(
            plan.body().isPresent() ? "POST" : "GET",
            url,
            headers,
            plan.posted(query),
            new Surface.Operator(OperatorTarget.of(url)),
            new WebLimits(
                HEADER_BYTES, SearchAnswer.LARGEST, plan.patience(), shorter(plan.patience())));
    return switch (client.send(request)) {
      case WebOutcome.Refused(String rule, String _) ->
          new Outcome.Failed("%s: not asked, or it sends elsewhere (%s)".formatted(at(), rule));
      case WebOutcome.Answered(WebResponse response) -> {
        try (response) {
          yield answered(response, url, secret);
        }
      }
    };
  }

  private static Duration shorter(Duration patience) {
    Duration silence = Duration.ofSeconds(15);
    return patience.compareTo(silence) < 0 ? patience : silence;
  }

  private Outcome answered(WebResponse response, StrictUrl url, String secret) throws IOException {
    if (response.status() / 100 != 2) {
      return new Outcome.Failed(
          "%s answered with status %d%s"
              .formatted(at(), response.status(), meaning(response.status())));
    }
    byte[] body = response.body().readNBytes(SearchAnswer.LARGEST + 1);
    Optional<Node.Obj> results =
        SearchAnswer.read(body, plan.paths(), text -> cut(hidden(text, url, secret)));
    return results.isPresent()
        ? new Outcome.Called(results.get())
        : new Outcome.Failed(
            "%s answered with something that is no JSON with results at \"%s\""
                .formatted(at(), plan.paths().results()));
  }

  private static String meaning(int status) {
    return switch (status) {
      case 401, 403 -> ": it does not take the key, which is for the operator to look at";
      case 429 -> ": it wants fewer searches";
      default -> status / 100 == 3 ? ", a redirect that is not followed" : "";
    };
  }

  /* Masked before it is cut: half a key is a secret too. */
  private static String cut(String text) {
    return text.length() > SearchAnswer.LONGEST ? text.substring(0, SearchAnswer.LONGEST) : text;
  }

  private String hidden(String text, StrictUrl url, String secret) {
    String shown =
        url.query() == null
            ? text
            : text.replace(url.text(), at()).replace(url.pathAndQuery(), "/");
    return secret.length() < SHORTEST_SECRET ? shown : shown.replace(secret, "***");
  }
}
