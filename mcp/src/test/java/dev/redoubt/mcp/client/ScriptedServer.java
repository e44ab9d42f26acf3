// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.Wire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/// A server that answers each method with what a test says. `$id` in an answer is the id of the
/// request; what has no answer is answered with "no such method"; an empty one is silence.
final class ScriptedServer {

  static final String NO_METHOD =
      "{\"jsonrpc\":\"2.0\",\"id\":$id,\"error\":{\"code\":-32601,\"message\":\"no such method\"}}";

  private static final Limits LIMITS = new Limits(1 << 20, 100, 100_000);

  private final Wire wire = new Wire();
  private final Map<String, UnaryOperator<String>> answers = new LinkedHashMap<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();

  ScriptedServer on(String method, String answer) {
    return on(method, (String _) -> answer);
  }

  ScriptedServer on(String method, UnaryOperator<String> answer) {
    answers.put(method, answer);
    return this;
  }

  /// A server of the era before, with a session.
  static ScriptedServer session(String capabilities) {
    return new ScriptedServer()
        .on(
            "initialize",
            result(
                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":%s,\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"},\"instructions\":\"be kind\"}"
                    .formatted(capabilities)));
  }

  static ScriptedServer stateless() {
    return new ScriptedServer()
        .on(
            "server/discover",
            result(
                "{\"resultType\":\"complete\",\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{\"tools\":{}},\"_meta\":{\"io.modelcontextprotocol/serverInfo\":{\"name\":\"n\",\"version\":\"2\"}}}"));
  }

  static String result(String json) {
    return "{\"jsonrpc\":\"2.0\",\"id\":$id,\"result\":" + json + "}";
  }

  Wire start() {
    Thread.ofVirtual().start(this::serve);
    return wire;
  }

  List<String> heard() {
    return heard;
  }

  private void serve() {
    try {
      while (true) {
        String text = wire.hears();
        heard.add(text);
        Node message = Json.readStrict(text.getBytes(UTF_8), LIMITS);
        if (message.get("method").isPresent() && message.get("id").isPresent()) {
          String method = message.text("method").orElseThrow();
          String answer = answers.getOrDefault(method, _ -> NO_METHOD).apply(text);
          String id = JsonText.of(message.get("id").orElseThrow());
          answer.lines().map(line -> line.replace("$id", id)).forEach(wire::says);
        }
      }
    } catch (InterruptedException | DocumentException e) {
      // The test is over.
    }
  }
}
