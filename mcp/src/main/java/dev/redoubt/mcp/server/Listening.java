// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcId;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Tells a client without a session what changes, as long as it listens.
final class Listening implements Catalogue.Listener {

  private static final int MOST = 256;
  private static final int MOST_URIS = 1_000;

  private final RpcId id;
  private final Node wanted;
  private final Set<String> uris = new LinkedHashSet<>();
  private final BlockingQueue<Change> changes = new ArrayBlockingQueue<>(MOST);

  private record Change(String method, Tree params) {}

  Listening(RpcId id, Node params) {
    this.id = id;
    this.wanted = params.get("notifications").orElse(Tree.empty());
    wanted.items("resourceSubscriptions").stream()
        .limit(MOST_URIS)
        .flatMap(uri -> uri.scalar().stream())
        .forEach(uris::add);
  }

  /// Tells changes until the thread is interrupted.
  void run(Catalogue catalogue, Line line) throws InterruptedException {
    catalogue.listen(this);
    try {
      Tree kept = new Tree();
      for (Catalogue.Kind kind : Catalogue.Kind.values()) {
        if (wanted.isTrue(flag(kind))) {
          kept.flag(flag(kind), true);
        }
      }
      if (!uris.isEmpty()) {
        kept.and("resourceSubscriptions", Tree.texts(uris.stream().toList()));
      }
      tell(
          line,
          "notifications/subscriptions/acknowledged",
          new Tree().and("notifications", kept.object()));
      while (true) {
        Change change = changes.take();
        tell(line, change.method, change.params);
      }
    } finally {
      catalogue.forget(this);
    }
  }

  private void tell(Line line, String method, Tree params) throws InterruptedException {
    Node.Obj meta = new Tree().and(Versions.META_SUBSCRIPTION, new Node.Num(id.json(), 1)).object();
    line.tell(method, params.and(Versions.META, meta).object());
  }

  private static String flag(Catalogue.Kind kind) {
    return kind.capability() + "ListChanged";
  }

  /* Who does not read for so long is told less: what is left out says no more than what stays. */
  @Override
  public void changed(Catalogue.Kind kind) {
    if (wanted.isTrue(flag(kind))) {
      changes.offer(
          new Change("notifications/%s/list_changed".formatted(kind.capability()), new Tree()));
    }
  }

  @Override
  public void updated(String uri) {
    if (uris.contains(uri)) {
      changes.offer(new Change("notifications/resources/updated", new Tree().and("uri", uri)));
    }
  }
}
