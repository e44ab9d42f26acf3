// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Filter;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.api.Ruling;
import dev.redoubt.relay.api.Upstream;
import dev.redoubt.secrets.Leaks;
import dev.redoubt.secrets.Redaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Takes credentials out of what passes, in both directions and in errors, and says how many there
/// were, never what they were. Safe to share.
final class CredentialFilter implements Filter {

  /* What the protocol itself has to get back as it gave it. */
  private static final Set<String> PROTOCOL =
      Set.of("progressToken", "cursor", "nextCursor", "requestState", "taskId");

  private final Suppressions suppressions;

  CredentialFilter(Suppressions suppressions) {
    this.suppressions = requireNonNull(suppressions, "suppressions");
  }

  @Override
  public String name() {
    return CredentialDetector.ID;
  }

  @Override
  public Ruling judge(Passing passing, Upstream upstream) {
    Taking taking = new Taking(passing.direction() == Direction.TO_CLIENT);
    RpcMessage message = taking.message(passing.message());
    if (taking.taken == 0) {
      return Ruling.PASSES;
    }
    String subject = subject(passing);
    Optional<String> suppressed = suppressions.reason(CredentialDetector.ID, subject);
    if (suppressed.isPresent()) {
      return new Ruling.Remarks(
          CredentialDetector.ID, "a credential is let pass: " + suppressed.get());
    }
    String expired = suppressions.expired(CredentialDetector.ID, subject);
    return new Ruling.Changes(
        message,
        CredentialDetector.ID,
        taking.taken == 1
            ? "a text held a credential, which was taken out" + expired
            : "%d texts held credentials, which were taken out%s".formatted(taking.taken, expired));
  }

  private static String subject(Passing passing) {
    Optional<Node> params =
        switch (passing.message()) {
          case RpcMessage.Request _, RpcMessage.Notice _ -> passing.body();
          case RpcMessage.Result _, RpcMessage.Failure _ ->
              passing.asked().flatMap(asked -> asked.params());
        };
    return params.flatMap(given -> given.text("name")).orElse("");
  }

  /// One walk over one message.
  private static final class Taking {
    private final boolean byName;
    private int taken;

    /// @param byName whether the name of a field may say that its value is one: an agent that logs
    ///   in somewhere passes a password because it was told to
    Taking(boolean byName) {
      this.byName = byName;
    }

    RpcMessage message(RpcMessage message) {
      return switch (message) {
        case RpcMessage.Request(var id, String method, Optional<Node> params) ->
            new RpcMessage.Request(id, method, params.map(node -> node(node, "")));
        case RpcMessage.Notice(String method, Optional<Node> params) ->
            new RpcMessage.Notice(method, params.map(node -> node(node, "")));
        case RpcMessage.Result(var id, Node result) -> new RpcMessage.Result(id, node(result, ""));
        case RpcMessage.Failure(var id, RpcError error) ->
            new RpcMessage.Failure(
                id,
                new RpcError(
                    error.code(),
                    text(error.message(), ""),
                    error.data().map(node -> node(node, ""))));
      };
    }

    private Node node(Node node, String name) {
      return switch (node) {
        case Node.Text(String value, int line) -> {
          String out = text(value, name);
          yield out.equals(value) ? node : new Node.Text(out, line);
        }
        case Node.Arr(List<Node> items, int line) -> {
          List<Node> out = new ArrayList<>(items.size());
          items.forEach(item -> out.add(node(item, name)));
          yield new Node.Arr(out, line);
        }
        case Node.Obj(Map<String, Node> fields, int line) -> {
          Map<String, Node> out = new LinkedHashMap<>();
          fields.forEach((key, value) -> {
            String shown = Leaks.masked(key);
            taken += shown.equals(key) ? 0 : 1;
            boolean picture = Texts.isPicture(node, key);
            out.put(
                shown.equals(key) ? key : shown + out.size(), picture ? value : node(value, key));
          });
          yield new Node.Obj(out, line);
        }
        case Node.Num _, Node.Bool _, Node.Nothing _ -> node;
      };
    }

    private String text(String value, String name) {
      if (PROTOCOL.contains(name)) {
        return value;
      }
      if (byName && Leaks.isSecret(name, value)) {
        taken++;
        return Redaction.MASK;
      }
      String out = CredentialDetector.masked(value);
      taken += out.equals(value) ? 0 : 1;
      return out;
    }
  }
}
