// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import java.util.Optional;

/// Writes messages of JSON-RPC 2.0, each in one line.
public final class RpcText {

  private RpcText() {}

  /// Returns `message` as JSON in UTF-8, without an end of line.
  public static byte[] of(RpcMessage message) {
    StringBuilder json = new StringBuilder("{\"jsonrpc\":\"2.0\"");
    switch (message) {
      case RpcMessage.Request(RpcId id, String method, Optional<Node> params) ->
          method(id(json, id), method, params);
      case RpcMessage.Notice(String method, Optional<Node> params) -> method(json, method, params);
      case RpcMessage.Result(RpcId id, Node result) ->
          id(json, id).append(",\"result\":").append(JsonText.of(result));
      case RpcMessage.Failure(RpcId id, RpcError error) -> error(id(json, id), error);
    }
    return json.append('}').toString().getBytes(UTF_8);
  }

  private static StringBuilder id(StringBuilder json, RpcId id) {
    return json.append(",\"id\":").append(id.json());
  }

  private static void method(StringBuilder json, String method, Optional<Node> params) {
    json.append(",\"method\":").append(text(method));
    params.ifPresent(given -> json.append(",\"params\":").append(JsonText.of(given)));
  }

  private static void error(StringBuilder json, RpcError error) {
    json.append(",\"error\":{\"code\":").append(error.code());
    json.append(",\"message\":").append(text(error.message()));
    error.data().ifPresent(data -> json.append(",\"data\":").append(JsonText.of(data)));
    json.append('}');
  }

  private static String text(String value) {
    return JsonText.of(new Node.Text(value, 1));
  }
}
