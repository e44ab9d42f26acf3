// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.Envelope;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.mcp.rpc.RpcText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts together what becomes of the messages that came at once.
final class Gathering {

  private final Arrival.Messages arrival;
  private final List<String> onward = new ArrayList<>();
  private final List<String> back = new ArrayList<>();
  private boolean asItCame = true;
  private boolean greets;

  Gathering(Arrival.Messages arrival) {
    this.arrival = arrival;
  }

  void leftOut() {
    asItCame = false;
  }

  void greets() {
    greets = true;
  }

  void passed(Node raw, RpcMessage message, boolean changed) {
    asItCame &= !changed;
    onward.add(JsonText.of(changed ? with(raw, message) : raw));
  }

  void instead(RpcMessage message) {
    onward.add(new String(RpcText.of(message), UTF_8));
  }

  void answered(RpcMessage message) {
    back.add(new String(RpcText.of(message), UTF_8));
  }

  Passage passage() {
    boolean inOneLine = asItCame && isOneLine(arrival.bytes());
    Optional<byte[]> on = inOneLine ? Optional.of(arrival.bytes()) : joined(onward);
    return new Passage(on, joined(back), greets ? Passage.Then.GREETED : Passage.Then.GO_ON);
  }

  private static boolean isOneLine(byte[] bytes) {
    for (byte b : bytes) {
      if (b == '\n' || b == '\r') {
        return false;
      }
    }
    return true;
  }

  private Optional<byte[]> joined(List<String> messages) {
    if (messages.isEmpty()) {
      return Optional.empty();
    }
    String json =
        arrival.kind() == Envelope.Kind.BATCH
            ? "[%s]".formatted(String.join(",", messages))
            : messages.getFirst();
    return Optional.of(json.getBytes(UTF_8));
  }

  /* Whatever else the message carries stays as it came. */
  private static Node with(Node raw, RpcMessage message) {
    Map<String, Node> fields = new LinkedHashMap<>(raw.fields());
    switch (message) {
      case RpcMessage.Request(var _, var _, Optional<Node> params) ->
          params.ifPresent(given -> fields.put("params", given));
      case RpcMessage.Notice(var _, Optional<Node> params) ->
          params.ifPresent(given -> fields.put("params", given));
      case RpcMessage.Result(var _, Node result) -> fields.put("result", result);
      case RpcMessage.Failure(var _, RpcError error) -> {
        Map<String, Node> said = new LinkedHashMap<>(raw.fields("error"));
        said.put("message", new Node.Text(error.message(), 1));
        error.data().ifPresent(data -> said.put("data", data));
        fields.put("error", new Node.Obj(said, 1));
      }
    }
    return new Node.Obj(fields, 1);
  }
}
