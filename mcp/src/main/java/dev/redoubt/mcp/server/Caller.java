// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcError;
import java.util.Optional;

/// What a client said of itself.
///
/// @param protocol the version of MCP that is spoken with it
/// @param capabilities what it can do
/// @param logLevel the least that it wants to be told of; empty for nothing
public record Caller(String protocol, Node capabilities, Optional<LogLevel> logLevel) {
  public Caller {
    requireNonNull(protocol, "protocol");
    requireNonNull(capabilities, "capabilities");
    requireNonNull(logLevel, "logLevel");
  }

  /// Returns whether it can do `capability`, `elicitation` for example.
  public boolean can(String capability) {
    return capabilities.get(capability).filter(Node.Obj.class::isInstance).isPresent();
  }

  boolean isStateless() {
    return protocol.equals(Versions.STATELESS);
  }

  /// What came of looking for a client in a request that stands for itself.
  sealed interface Met {

    record Here(Caller caller) implements Met {}

    record Not(RpcError error) implements Met {}
  }

  /// Returns who sent a request with these `params`.
  static Met in(Optional<Node> params) {
    Node meta = params.flatMap(given -> given.get(Versions.META)).orElse(Tree.empty());
    Optional<String> version = meta.text(Versions.META_VERSION);
    if (version.isEmpty()) {
      return lacks(Versions.META_VERSION);
    }
    if (!version.get().equals(Versions.STATELESS)) {
      return new Met.Not(
          new RpcError(
              Versions.UNSUPPORTED_VERSION,
              "this version of the protocol is not spoken here",
              Optional.of(
                  new Tree()
                      .and("supported", Tree.texts(Versions.all()))
                      .and("requested", version.get())
                      .object())));
    }
    Optional<Node> capabilities =
        meta.get(Versions.META_CAPABILITIES).filter(Node.Obj.class::isInstance);
    return capabilities.isEmpty()
        ? lacks(Versions.META_CAPABILITIES)
        : new Met.Here(
            new Caller(
                version.get(),
                capabilities.get(),
                meta.text(Versions.META_LOG_LEVEL).flatMap(LogLevel::of)));
  }

  private static Met lacks(String field) {
    return new Met.Not(
        new RpcError(Versions.INVALID_PARAMS, "_meta lacks \"%s\"".formatted(field)));
  }
}
