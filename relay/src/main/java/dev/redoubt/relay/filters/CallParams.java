// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.filters;

import dev.redoubt.document.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything a request of the agent says, as it is judged and approved: nothing that a server
/// could act on is left out.
final class CallParams {

  /// The key under which what stands beside the arguments of a call is judged with them.
  static final String BESIDE = "@params";

  private static final Set<String> OWN = Set.of("name", "arguments", "_meta");
  /* What is different with every message, or says of the protocol and the client: a yes for a call
   * would otherwise never be one for its repetition. */
  private static final Set<String> META =
      Set.of("progressToken", "traceparent", "tracestate", "baggage", "claudecode/toolUseId");
  private static final String PROTOCOL = "io.modelcontextprotocol/";

  private CallParams() {}

  /// Returns the arguments of a call, and under [#BESIDE] what else its params say; empty when they
  /// are no object, or take that name themselves.
  static Optional<Node> ofCall(Node params) {
    Node arguments = params.get("arguments").orElse(new Node.Obj(Map.of(), 1));
    if (arguments instanceof Node.Nothing) {
      arguments = new Node.Obj(Map.of(), 1);
    }
    if (!(arguments instanceof Node.Obj) || arguments.get(BESIDE).isPresent()) {
      return Optional.empty();
    }
    Map<String, Node> beside = new LinkedHashMap<>();
    params
        .fields()
        .forEach((key, value) -> {
          if (!OWN.contains(key)) {
            beside.put(key, value);
          }
        });
    meta(params).ifPresent(meta -> beside.put("_meta", meta));
    if (beside.isEmpty()) {
      return Optional.of(arguments);
    }
    Map<String, Node> all = new LinkedHashMap<>(arguments.fields());
    all.put(BESIDE, new Node.Obj(beside, 1));
    return Optional.of(new Node.Obj(all, 1));
  }

  /// Returns the params of another request; those that are a list under [#BESIDE].
  static Node of(Optional<Node> params) {
    Map<String, Node> fields = new LinkedHashMap<>();
    if (params.isPresent() && !(params.get() instanceof Node.Obj)) {
      fields.put(BESIDE, params.get());
      return new Node.Obj(fields, 1);
    }
    params.ifPresent(given -> fields.putAll(given.fields()));
    fields.remove("_meta");
    params.flatMap(CallParams::meta).ifPresent(meta -> fields.put("_meta", meta));
    return new Node.Obj(fields, 1);
  }

  private static Optional<Node> meta(Node params) {
    Optional<Node> given = params.get("_meta");
    if (given.isEmpty() || given.get() instanceof Node.Nothing) {
      return Optional.empty();
    }
    if (!(given.get() instanceof Node.Obj)) {
      return given;
    }
    Map<String, Node> kept = new LinkedHashMap<>();
    given
        .get()
        .fields()
        .forEach((key, value) -> {
          if (!META.contains(key) && !key.startsWith(PROTOCOL)) {
            kept.put(key, value);
          }
        });
    return kept.isEmpty() ? Optional.empty() : Optional.of(new Node.Obj(kept, 1));
  }
}
