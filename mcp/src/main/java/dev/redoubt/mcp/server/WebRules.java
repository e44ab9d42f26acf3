// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import dev.redoubt.document.Node;
import dev.redoubt.http.HttpReply;
import dev.redoubt.http.HttpRequest;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcMessage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// What requests over HTTP have to look like, whoever answers them.
public final class WebRules {

  private static final int OK = 200;
  private static final int BAD = 400;
  private static final int NOT_FOUND = 404;

  private WebRules() {}

  /// Returns the answer to a POST that carries something else than JSON, or accepts no answer there
  /// is; empty for one that can be read.
  public static Optional<HttpReply> unfit(HttpRequest http) {
    String type = http.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    int end = type.indexOf(';');
    if (!(end < 0 ? type : type.substring(0, end)).strip().equals("application/json")) {
      return Optional.of(HttpReply.problem(415, "Unsupported Media Type", "send application/json"));
    }
    return accepts(http, "application/json") || accepts(http, "text/event-stream")
        ? Optional.empty()
        : Optional.of(
            HttpReply.problem(
                406, "Not Acceptable", "accept application/json and text/event-stream"));
  }

  /// Returns whether the client can read an answer of `type`.
  public static boolean accepts(HttpRequest http, String type) {
    List<String> accepted = http.headers("Accept");
    return accepted.isEmpty()
        || accepted.stream()
            .map(each -> each.toLowerCase(Locale.ROOT))
            .anyMatch(each -> each.contains(type) || each.contains("*/*"));
  }

  /// Returns whether `request` stands for itself, as 2026-07-28 has it.
  public static boolean isStateless(HttpRequest http, RpcMessage.Request request) {
    return StatelessCall.is(request)
        || http.header("MCP-Protocol-Version")
            .map(String::strip)
            .filter(Versions.STATELESS::equals)
            .isPresent();
  }

  /// Returns why a request that stands for itself is not answered: what it has to say of its client
  /// is missing, or its header does not say what its body says. Empty when all fits. What a header
  /// says is compared before the version: one that is not spoken may be one that was changed.
  ///
  /// @param tools gives the descriptor of a tool
  public static Optional<RpcError> objection(
      HttpRequest http, RpcMessage.Request request, Function<String, Optional<Node>> tools) {
    if (Caller.in(request.params()) instanceof Caller.Met.Not(RpcError error)
        && error.code() != Versions.UNSUPPORTED_VERSION) {
      return Optional.of(error);
    }
    return WebHeaders.mismatch(http, request, tools);
  }

  /// Returns the status of an answer to a request that stands for itself, when that answer is an
  /// error with `code`.
  public static int status(long code) {
    if (code == RpcError.NO_METHOD) {
      return NOT_FOUND;
    }
    return code == Versions.HEADER_MISMATCH
            || code == Versions.MISSING_CAPABILITY
            || code == Versions.UNSUPPORTED_VERSION
        ? BAD
        : OK;
  }
}
