// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.http;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What a connection over HTTP knows of the server, and says in the header of each request. Safe to
/// share.
final class HttpSession {

  static final String VERSION = "io.modelcontextprotocol/protocolVersion";

  private static final String STATELESS = "2026-07-28";
  private static final int LONGEST_ID = 1_024;
  private static final int MOST_TOOLS = 4_000;

  private final String url;
  private final List<HttpField> own;
  private final Map<String, ToolHeaders> tools = new ConcurrentHashMap<>();
  private volatile String version = "";
  private volatile String id = "";

  /// @param own what the operator wants to be sent
  HttpSession(String url, List<HttpField> own) {
    this.url = requireNonNull(url, "url");
    this.own = List.copyOf(own);
  }

  String url() {
    return url;
  }

  /// Returns what the server calls the session; empty when there is none.
  String id() {
    return id;
  }

  /// Says whether every request stands for itself.
  boolean isStateless() {
    return isStateless(version);
  }

  /* Dates: what comes after a version of that kind is of its era. */
  private static boolean isStateless(String version) {
    return version.compareTo(STATELESS) >= 0;
  }

  /// Returns the request that sends `message`, whose text is `body`.
  WebExchange.Ask post(RpcMessage message, String body) {
    List<HttpField> fields = new ArrayList<>(own);
    fields.add(new HttpField("Accept", "application/json, text/event-stream"));
    fields.add(new HttpField("Content-Type", "application/json"));
    String spoken = said(message).orElse(version);
    session(fields, spoken);
    if (isStateless(spoken)) {
      mirrored(message, fields);
    }
    return new WebExchange.Ask("POST", url, fields, body, WebExchange.Ask.Kind.STREAM);
  }

  /// Returns the request for what the server says by itself, or goes on to say.
  ///
  /// @param lastId of the last event that came; empty when there was none
  WebExchange.Ask get(String lastId) {
    List<HttpField> fields = new ArrayList<>(own);
    fields.add(new HttpField("Accept", "text/event-stream"));
    session(fields, version);
    if (!lastId.isEmpty()) {
      fields.add(new HttpField("Last-Event-ID", lastId));
    }
    return new WebExchange.Ask("GET", url, fields, "", WebExchange.Ask.Kind.STREAM);
  }

  /// Returns the request that ends the session.
  WebExchange.Ask delete() {
    List<HttpField> fields = new ArrayList<>(own);
    session(fields, version);
    return new WebExchange.Ask("DELETE", url, fields, "", WebExchange.Ask.Kind.DOCUMENT);
  }

  private void session(List<HttpField> fields, String spoken) {
    if (!spoken.isEmpty()) {
      fields.add(new HttpField("MCP-Protocol-Version", spoken));
    }
    if (!id.isEmpty() && !isStateless(spoken)) {
      fields.add(new HttpField("Mcp-Session-Id", id));
    }
  }

  private void mirrored(RpcMessage message, List<HttpField> fields) {
    switch (message) {
      case RpcMessage.Request(var _, String method, Optional<Node> params) -> {
        fields.add(new HttpField("Mcp-Method", HeaderValue.of(method)));
        params.ifPresent(given -> named(method, given, fields));
      }
      case RpcMessage.Notice(String method, Optional<Node> _) ->
          fields.add(new HttpField("Mcp-Method", HeaderValue.of(method)));
      case RpcMessage.Result _, RpcMessage.Failure _ -> {}
    }
  }

  private void named(String method, Node params, List<HttpField> fields) {
    Optional<String> name =
        switch (method) {
          case "tools/call", "prompts/get" -> params.text("name");
          case "resources/read" -> params.text("uri");
          case "tasks/get", "tasks/update", "tasks/cancel" -> params.text("taskId");
          default -> Optional.empty();
        };
    name.ifPresent(text -> fields.add(new HttpField("Mcp-Name", HeaderValue.of(text))));
    if (method.equals("tools/call")) {
      ToolHeaders headers = tools.get(name.orElse(""));
      if (headers != null) {
        params.get("arguments").ifPresent(given -> fields.addAll(headers.fields(given)));
      }
    }
  }

  private static Optional<String> said(RpcMessage message) {
    return message instanceof RpcMessage.Request(var _, var _, Optional<Node> params)
        ? params.flatMap(given -> given.get("_meta")).flatMap(meta -> meta.text(VERSION))
        : Optional.empty();
  }

  /// Takes note of the session that the answer to `initialize` begins.
  ///
  /// @throws IOException if what it is called cannot be sent back
  void begun(List<String> ids) throws IOException {
    if (ids.isEmpty()) {
      return;
    }
    String given = ids.getFirst();
    boolean visible = given.chars().allMatch(c -> c > ' ' && c <= '~');
    if (ids.size() > 1 || given.isEmpty() || given.length() > LONGEST_ID || !visible) {
      throw new IOException("it calls the session what no session can be called");
    }
    id = given;
  }

  /// Takes note of what the answer to `request` says of the next requests.
  void learn(RpcMessage.Request request, Node result) {
    switch (request.method()) {
      case "initialize" -> version = result.text("protocolVersion").orElse(version);
      case "server/discover" -> version = said(request).orElse(version);
      case "tools/list" -> {
        for (Node tool : result.items("tools")) {
          String name = tool.text("name").orElse("");
          if (tools.size() < MOST_TOOLS || tools.containsKey(name)) {
            tools.put(name, ToolHeaders.of(tool));
          }
        }
      }
      default -> {
        // It says nothing of them.
      }
    }
  }
}
