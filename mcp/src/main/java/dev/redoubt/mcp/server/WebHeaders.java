// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.document.Node;
import dev.redoubt.http.HttpRequest;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcMessage;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Compares what the headers of a request say with what its body says: somebody between may have
/// judged it by the one, and it is done by the other.
final class WebHeaders {

  private static final String VERSION = "MCP-Protocol-Version";
  private static final String OPEN = "=?base64?";
  private static final String CLOSE = "?=";

  private WebHeaders() {}

  /// Returns what does not fit; empty when all does.
  ///
  /// @param tools gives the descriptor of a tool
  static Optional<RpcError> mismatch(
      HttpRequest http, RpcMessage.Request request, Function<String, Optional<Node>> tools) {
    Node params = request.params().orElse(Tree.empty());
    Optional<String> version =
        params.get(Versions.META).flatMap(meta -> meta.text(Versions.META_VERSION));
    if (!http.header(VERSION).map(String::strip).equals(version)) {
      return Optional.of(error(VERSION));
    }
    if (!http.header("Mcp-Method").map(String::strip).equals(Optional.of(request.method()))) {
      return Optional.of(error("Mcp-Method"));
    }
    Optional<String> name =
        switch (request.method()) {
          case "tools/call", "prompts/get" -> params.text("name");
          case "resources/read" -> params.text("uri");
          default -> Optional.empty();
        };
    boolean same = name.isEmpty() || decoded(http, "Mcp-Name").equals(name);
    if (!same) {
      return Optional.of(error("Mcp-Name"));
    }
    return request.method().equals("tools/call")
        ? arguments(http, params, tools)
        : Optional.empty();
  }

  /* A schema can want an argument told in a header too. */
  private static Optional<RpcError> arguments(
      HttpRequest http, Node params, Function<String, Optional<Node>> tools) {
    Map<String, Node> properties =
        params
            .text("name")
            .flatMap(tools)
            .flatMap(tool -> tool.get("inputSchema"))
            .map(schema -> schema.fields("properties"))
            .orElse(Map.of());
    for (Map.Entry<String, Node> property : properties.entrySet()) {
      Optional<String> header = property.getValue().text("x-mcp-header");
      if (header.isEmpty()) {
        continue;
      }
      String name = "Mcp-Param-" + header.get();
      Optional<String> value =
          params.get("arguments").flatMap(given -> given.scalar(property.getKey()));
      if (http.headers(name).isEmpty() ? value.isPresent() : !decoded(http, name).equals(value)) {
        return Optional.of(error(name));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> decoded(HttpRequest http, String header) {
    return http.header(header).map(String::strip).flatMap(WebHeaders::decoded);
  }

  private static Optional<String> decoded(String value) {
    if (!value.startsWith(OPEN) || !value.endsWith(CLOSE)) {
      return Optional.of(value);
    }
    try {
      String inner = value.substring(OPEN.length(), value.length() - CLOSE.length());
      byte[] bytes = Base64.getDecoder().decode(inner);
      return inner.length() % 4 == 0 ? Optional.of(new String(bytes, UTF_8)) : Optional.empty();
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static RpcError error(String header) {
    return new RpcError(
        Versions.HEADER_MISMATCH,
        "the header %s is missing or does not say what the body says".formatted(header));
  }
}
