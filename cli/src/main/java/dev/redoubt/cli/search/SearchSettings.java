// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.search;

import dev.redoubt.agent.search.SearchPlan;
import dev.redoubt.agent.search.SearchPlan.Header;
import dev.redoubt.agent.search.SearchPlan.Paths;
import dev.redoubt.agent.search.WebSearch;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.exec.SessionCredentials;
import dev.redoubt.cli.sandbox.CredentialSetting;
import dev.redoubt.cli.sandbox.CredentialTable;
import dev.redoubt.cli.sandbox.SandboxSettings;
import dev.redoubt.cli.sandbox.Table;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.network.WebClient;
import dev.redoubt.sandbox.network.WebHeader;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads `[search]`: the search engine behind the tool `web_search`.
public final class SearchSettings {

  private static final List<String> KEYS =
      List.of(
          "style", "url", "method", "body", "key", "header", "results", "title", "address", "text",
          "timeout");
  private static final Limits LIMITS = new Limits(64 << 10, 20, 1_000);
  private static final String KEY = "{key}";
  private static final int PATIENCE = 20;
  private static final int MOST_PATIENCE = 120;

  /* Facts: docs.searxng.org/dev/search_api.html, the references of the interfaces of Brave Search
   * and Tavily. */
  private static final List<Style> STYLES =
      List.of(
          new Style("searxng", "", "", "", new Paths("results", "title", "url", "content")),
          new Style(
              "brave",
              "https://api.search.brave.com/res/v1/web/search?count=10&q={query}",
              "",
              "X-Subscription-Token",
              new Paths("web?.results", "title", "url", "description")),
          new Style(
              "tavily",
              "https://api.tavily.com/search",
              "{\"query\":\"{query}\",\"max_results\":10}",
              "Authorization: Bearer {key}",
              new Paths("results", "title", "url", "content")));
  private static final Style OWN =
      new Style("", "", "", "Authorization: Bearer {key}", new Paths("", "title", "url", ""));

  private final Call call;
  private final Table table;
  private final Style style;

  private SearchSettings(Call call, Table table, Style style) {
    this.call = call;
    this.table = table;
    this.style = style;
  }

  /// What is known of a kind of search engine; an empty text is something that is to be said.
  private record Style(String name, String url, String body, String header, Paths paths) {}

  /// Returns the search engine that the configuration of `call` names; empty when it names none, or
  /// when the variable with its key is not set, which a note says.
  ///
  /// @param workspace that commands can read, so no key lies there
  /// @throws RedoubtException USAGE if the configuration is malformed or the key cannot be used
  public static Optional<WebSearch> of(Call call, Path workspace) {
    Table table = Table.root(call).table("search");
    table.requireKeys(KEYS);
    if (table.node().fields().isEmpty()) {
      return Optional.empty();
    }
    SearchSettings settings = new SearchSettings(call, table, style(table));
    SearchPlan plan = settings.plan();
    Optional<Supplier<String>> key =
        plan.header().isPresent() ? settings.key(plan, workspace) : Optional.of(() -> "");
    return key.map(it -> new WebSearch(plan, it, client()));
  }

  private static WebClient client() {
    try {
      return WebClient.create();
    } catch (SocketException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "the network cards cannot be listed: " + e.getMessage(), e);
    }
  }

  private static Style style(Table table) {
    Optional<String> name = table.text("style");
    if (name.isEmpty()) {
      return OWN;
    }
    return STYLES.stream()
        .filter(style -> style.name().equals(name.get()))
        .findFirst()
        .orElseThrow(() -> table.wrong("style", "is not searxng, brave or tavily"));
  }

  private SearchPlan plan() {
    String url = url();
    Optional<Node> body = body();
    Paths usual = style.paths();
    Paths paths =
        new Paths(
            path("results", usual.results()),
            path("title", usual.title()),
            path("address", usual.address()),
            path("text", usual.text()));
    Duration patience = Duration.ofSeconds(table.number("timeout", PATIENCE, MOST_PATIENCE));
    try {
      return new SearchPlan(url, body, header(), paths, patience);
    } catch (IllegalArgumentException e) {
      throw table.wrong(body.isPresent() ? "body" : "url", "cannot be used: " + e.getMessage());
    }
  }

  /* Of an instance of SearXNG its address is enough. */
  private String url() {
    String url = table.text("url").orElse(style.url());
    if (url.isEmpty()) {
      throw table.wrong(
          "url", "is missing: it names the search engine, with {query} behind a question mark");
    }
    if (style.name().equals("searxng") && !url.contains(SearchPlan.QUERY)) {
      url += (url.endsWith("/") ? "" : "/") + "search?format=json&q=" + SearchPlan.QUERY;
    }
    if (SearchPlan.place(url) instanceof Reading.Bad<StrictUrl>(String _, String reason)) {
      throw table.wrong("url", "is no address of a search engine: " + reason);
    }
    return url;
  }

  private Optional<Node> body() {
    String method = table.text("method").orElse(style.body().isEmpty() ? "GET" : "POST");
    if (!method.equals("GET") && !method.equals("POST")) {
      throw table.wrong("method", "is not GET or POST");
    }
    String body = table.text("body").orElse(method.equals("POST") ? style.body() : "");
    if (method.equals("GET") != body.isEmpty()) {
      throw table.wrong("body", "goes with method = \"POST\", and that with a body");
    }
    if (body.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.readStrict(body.getBytes(StandardCharsets.UTF_8), LIMITS));
    } catch (DocumentException e) {
      throw table.wrong("body", "is no JSON: " + e.getMessage());
    }
  }

  private Optional<Header> header() {
    String text = table.text("header").orElse(style.header());
    if (table.text("key").isEmpty()) {
      if (table.text("header").isPresent() || style.name().matches("brave|tavily")) {
        throw table.wrong("key", "is missing: env:VARIABLE, file:PATH or exec:COMMAND");
      }
      return Optional.empty();
    }
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    String value = colon < 0 ? KEY : text.substring(colon + 1).strip();
    String before = value.endsWith(KEY) ? value.substring(0, value.length() - KEY.length()) : "\n";
    if (WebHeader.read(name, before + "x", WebHeader.Kind.SECRET)
        instanceof Reading.Bad<WebHeader>) {
      throw table.wrong(
          "header", "is no header in the manner of X-Key or Authorization: Bearer {key}");
    }
    return Optional.of(new Header(name, before));
  }

  private String path(String key, String usual) {
    String path = table.text(key).orElse(usual);
    if (path.isEmpty()) {
      throw table.wrong(key, "is missing: it says where in the answer, in the manner of a.b");
    }
    return path;
  }

  private Optional<Supplier<String>> key(SearchPlan plan, Path workspace) {
    List<String> passed = SandboxSettings.of(call).passed();
    CredentialSetting.Source source = CredentialTable.source(call, table, "key", passed);
    return switch (SearchPlan.place(plan.url())) {
      case Reading.Good<StrictUrl>(StrictUrl url) ->
          SessionCredentials.value(
              call, workspace, new CredentialSetting("search", url, "", source));
      case Reading.Bad<StrictUrl>(String _, String reason) ->
          throw new IllegalStateException(reason);
    };
  }
}
