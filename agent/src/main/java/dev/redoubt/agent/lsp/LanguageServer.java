// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.lsp;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import dev.redoubt.mcp.rpc.PeerSettings;
import dev.redoubt.mcp.rpc.RpcAnswer;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.mcp.rpc.RpcPeer;
import dev.redoubt.mcp.rpc.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A connection to one language server. It knows only what it is told: no file is read by itself
/// that it could not read inside its sandbox. Safe to share.
final class LanguageServer implements AutoCloseable {

  private final RpcPeer peer;
  private final ServerNotices notices;
  private final Duration patience;
  private final Map<String, Integer> versions = new HashMap<>();

  private LanguageServer(RpcPeer peer, ServerNotices notices, Duration patience) {
    this.peer = peer;
    this.notices = notices;
    this.patience = patience;
  }

  /// Returns a connection to the server behind `transport`, which is closed with it; empty when it
  /// does not answer as a server does.
  static Optional<LanguageServer> meet(
      Transport transport, Path workspace, Duration start, Duration patience)
      throws InterruptedException {
    requireNonNull(workspace, "workspace");
    ServerNotices notices = new ServerNotices();
    RpcPeer peer = RpcPeer.start(transport, notices, PeerSettings.usual(LanguageServer::cancelled));
    boolean met = false;
    try {
      Node.Obj hello = hello(workspace);
      if (!(peer.ask("initialize", Optional.of(hello)).await(start, start)
          instanceof RpcAnswer.Replied)) {
        return Optional.empty();
      }
      peer.tell("initialized", Optional.of(new Payload().object()));
      met = true;
      return Optional.of(new LanguageServer(peer, notices, patience));
    } finally {
      if (!met) {
        peer.close();
      }
    }
  }

  private static Optional<RpcMessage.Notice> cancelled(RpcId id) {
    return Optional.of(
        new RpcMessage.Notice(
            "$/cancelRequest",
            Optional.of(new Payload().node("id", new Node.Num(id.json(), 1)).object())));
  }

  /* No process id: inside a sandbox it means another process, or none. */
  private static Node.Obj hello(Path workspace) {
    String uri = uri(workspace);
    Node.Obj document =
        new Payload()
            .node("synchronization", new Payload().flag("didSave", true).object())
            .node("publishDiagnostics", new Payload().object())
            .node("definition", new Payload().flag("linkSupport", false).object())
            .node("references", new Payload().object())
            .node("hover", new Payload().texts("contentFormat", List.of("plaintext")).object())
            .node(
                "documentSymbol",
                new Payload().flag("hierarchicalDocumentSymbolSupport", true).object())
            .object();
    Node folder = new Payload().text("uri", uri).text("name", "workspace").object();
    return new Payload()
        .node("processId", new Node.Nothing(1))
        .text("rootUri", uri)
        .node("workspaceFolders", new Node.Arr(List.of(folder), 1))
        .node("capabilities", new Payload().node("textDocument", document).object())
        .object();
  }

  static String uri(Path file) {
    String uri = file.toUri().toString();
    return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
  }

  boolean isThere() {
    return peer.lost().isEmpty();
  }

  /// Tells it that `file` has `text` now.
  synchronized void show(Path file, String text) {
    String uri = uri(file);
    notices.forget(uri);
    int version = versions.merge(uri, 1, Integer::sum);
    if (version == 1) {
      Node.Obj document =
          new Payload()
              .text("uri", uri)
              .text("languageId", Languages.of(file))
              .number("version", version)
              .text("text", text)
              .object();
      tell("textDocument/didOpen", new Payload().node("textDocument", document));
      return;
    }
    Node change = new Payload().text("text", text).object();
    tell(
        "textDocument/didChange",
        new Payload()
            .node(
                "textDocument", new Payload().text("uri", uri).number("version", version).object())
            .node("contentChanges", new Node.Arr(List.of(change), 1)));
    tell(
        "textDocument/didSave",
        new Payload().node("textDocument", new Payload().text("uri", uri).object()));
  }

  private void tell(String method, Payload params) {
    peer.tell(method, Optional.of(params.object()));
  }

  /// Returns what it says of `file`, which it was shown; empty when it says nothing in time.
  Optional<Node> diagnostics(Path file) throws InterruptedException {
    return notices.diagnostics(uri(file), patience);
  }

  /// What came of a question.
  sealed interface Reply {
    /// This.
    record Said(Node result) implements Reply {}

    /// Nothing, for a reason.
    record Nothing(String reason) implements Reply {}
  }

  Reply ask(String method, Node.Obj params) throws InterruptedException {
    return switch (peer.ask(method, Optional.of(params)).await(patience, patience)) {
      case RpcAnswer.Replied(Node result) -> new Reply.Said(result);
      case RpcAnswer.Failed(RpcError error) -> new Reply.Nothing(error.message());
      case RpcAnswer.Late(Duration _) ->
          new Reply.Nothing("it did not answer within %d s".formatted(patience.toSeconds()));
      case RpcAnswer.Lost(String reason) -> new Reply.Nothing("it " + reason);
    };
  }

  @Override
  public void close() {
    peer.close();
  }
}
