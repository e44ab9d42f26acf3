// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.lsp;

import dev.redoubt.document.JsonText;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.Payload;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a language server says by itself, and what it asks. It gets nothing done: no edit, no file,
/// no question to the person.
final class ServerNotices implements RpcHandler {

  private static final int MOST_FILES = 2_000;
  private static final int MOST_DIAGNOSTICS = 500;
  private static final int MOST_CHARS = 256 << 10;
  private static final long NANOS_IN_MILLI = 1_000_000;
  /* A server tells of the syntax first, and of the rest a moment later. */
  private static final Duration QUIET = Duration.ofMillis(400);

  /* In the order in which it was told; the eldest goes first. */
  private final Map<String, Told> told = new LinkedHashMap<>();
  private final Map<String, Integer> awaited = new HashMap<>();

  /// What was told of a file last.
  private record Told(Node diagnostics, long nanos) {}

  @Override
  public Answer request(String method, Optional<Node> params) {
    return switch (method) {
      case "workspace/configuration" -> new Answer.Gives(nothings(params));
      case "client/registerCapability",
          "client/unregisterCapability",
          "window/workDoneProgress/create",
          "window/showMessageRequest",
          "workspace/workspaceFolders" ->
          new Answer.Gives(new Node.Nothing(1));
      case "workspace/applyEdit" -> new Answer.Gives(new Payload().flag("applied", false).object());
      default ->
          new Answer.Refuses(new RpcError(RpcError.NO_METHOD, "this client has no such method"));
    };
  }

  private static Node nothings(Optional<Node> params) {
    List<Node> nothings = new ArrayList<>();
    params.ifPresent(given -> given.items("items").forEach(_ -> nothings.add(new Node.Nothing(1))));
    return new Node.Arr(nothings, 1);
  }

  @Override
  public synchronized void notice(String method, Optional<Node> params) {
    if (!method.equals("textDocument/publishDiagnostics") || params.isEmpty()) {
      return;
    }
    Optional<String> uri = params.get().text("uri");
    Optional<Node> diagnostics = params.get().get("diagnostics");
    if (uri.isPresent() && diagnostics.isPresent()) {
      told.remove(uri.get());
      told.put(uri.get(), new Told(bounded(diagnostics.get()), System.nanoTime()));
      evict();
      notifyAll();
    }
  }

  private void evict() {
    Iterator<String> eldest = told.keySet().iterator();
    while (told.size() > MOST_FILES && eldest.hasNext()) {
      if (!awaited.containsKey(eldest.next())) {
        eldest.remove();
      }
    }
  }

  private static Node bounded(Node diagnostics) {
    List<Node> kept = new ArrayList<>();
    int chars = 0;
    for (Node one : diagnostics.items()) {
      chars += Math.min(MOST_CHARS, JsonText.of(one).length());
      if (kept.size() == MOST_DIAGNOSTICS || chars > MOST_CHARS) {
        break;
      }
      kept.add(one);
    }
    return new Node.Arr(kept, 1);
  }

  /// Returns how many files are remembered.
  synchronized int files() {
    return told.size();
  }

  /// Forgets what was told of `uri`, because it is another text from now on.
  synchronized void forget(String uri) {
    told.remove(uri);
  }

  /// Returns what is told of `uri`, once it stays so for a moment; empty when nothing is told in
  /// time.
  synchronized Optional<Node> diagnostics(String uri, Duration patience)
      throws InterruptedException {
    awaited.merge(uri, 1, Integer::sum);
    try {
      return awaited(uri, patience);
    } finally {
      awaited.computeIfPresent(uri, (_, many) -> many == 1 ? null : many - 1);
    }
  }

  private synchronized Optional<Node> awaited(String uri, Duration patience)
      throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      long now = System.nanoTime();
      Told last = told.get(uri);
      long left = patience.toNanos() - (now - start);
      long still = last == null ? Long.MAX_VALUE : QUIET.toNanos() - (now - last.nanos());
      if (left <= 0 || still <= 0) {
        return Optional.ofNullable(last).map(Told::diagnostics);
      }
      wait(Math.min(left, still) / NANOS_IN_MILLI + 1);
    }
  }
}
