// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcCall;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcHandler;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcPeer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Answers what a server asks of its client: it may know the roots, and whether anybody is there.
/// It gets the person when there is one, and never the model.
final class ServerRequests implements RpcHandler {

  private static final Duration STIRRING = Duration.ofMillis(200);

  private static final String RELATED = "io.modelcontextprotocol/related-task";

  private final List<Path> roots;
  private final Optional<Person> person;
  private final AtomicBoolean changed = new AtomicBoolean();
  private final Set<String> others = ConcurrentHashMap.newKeySet();
  private volatile @Nullable RpcPeer peer;

  ServerRequests(ClientSettings settings) {
    this.roots = settings.roots();
    this.person = settings.person();
  }

  void belongTo(RpcPeer owner) {
    peer = owner;
  }

  /// Returns whether the server said since the last question that its tools changed.
  boolean takeToolChange() {
    return changed.getAndSet(false);
  }

  /// Returns of what else it said so.
  Set<String> takeChanges() {
    Set<String> taken = new TreeSet<>();
    for (String what : List.of("tools", "resources", "prompts")) {
      if (others.remove(what)) {
        taken.add(what);
      }
    }
    return taken;
  }

  @Override
  public Answer request(String method, Optional<Node> params) throws InterruptedException {
    return switch (method) {
      case "ping" -> new Answer.Gives(new Fields().object());
      case "roots/list" -> new Answer.Gives(roots());
      case "sampling/createMessage" ->
          refusal("sampling is refused: no server may use the model of this client");
      case "elicitation/create" ->
          person.isPresent()
              ? asked(person.get(), params.orElse(new Fields().object()))
              : refusal("elicitation is refused: nobody is there to answer, go on without or fail");
      default -> refusal("this client has no method of that name");
    };
  }

  /* A server that waits for a person here says nothing meanwhile, and that is no silence. */
  private Answer asked(Person somebody, Node params) throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    Thread.ofVirtual().start(() -> stirUntil(over));
    try {
      return related(Elicitation.ask(somebody, params), params);
    } finally {
      over.countDown();
    }
  }

  /* An answer belongs to the task its question belongs to. */
  private static Answer related(Answer answer, Node params) {
    Optional<Node> task = params.get("_meta").flatMap(meta -> meta.get(RELATED));
    return task.isPresent() && answer instanceof Answer.Gives(Node given)
        ? new Answer.Gives(
            new Fields()
                .all(given.fields())
                .and("_meta", new Fields().and(RELATED, task.get()).object())
                .object())
        : answer;
  }

  private void stirUntil(CountDownLatch over) {
    try {
      while (!over.await(STIRRING.toMillis(), TimeUnit.MILLISECONDS)) {
        RpcPeer one = peer;
        if (one != null) {
          one.stirAll();
        }
      }
    } catch (InterruptedException e) {
      // Nobody waits any more.
    }
  }

  private static Answer refusal(String words) {
    return new Answer.Refuses(new RpcError(RpcError.NO_METHOD, words));
  }

  private Node roots() {
    List<Node> list = new ArrayList<>();
    for (Path root : roots) {
      Path name = root.getFileName();
      list.add(
          new Fields()
              .and("uri", root.toUri().toString())
              .and("name", name == null ? "/" : name.toString())
              .object());
    }
    return new Fields().and("roots", new Node.Arr(list, 1)).object();
  }

  @Override
  public void notice(String method, Optional<Node> params) {
    switch (method) {
      // What changed before the server began to tell of changes was not told.
      case "notifications/tools/list_changed", "notifications/subscriptions/acknowledged" -> {
        changed.set(true);
        others.add("tools");
      }
      case "notifications/resources/list_changed" -> others.add("resources");
      case "notifications/prompts/list_changed" -> others.add("prompts");
      case "notifications/progress" ->
          named(params, "progressToken")
              .flatMap(id -> Optional.ofNullable(peer).flatMap(one -> one.waiting(id)))
              .ifPresent(RpcCall::stir);
      case "notifications/cancelled" -> {
        RpcPeer one = peer;
        if (one != null) {
          named(params, "requestId").ifPresent(one::stopAnswering);
        }
      }
      default -> {
        // Logs, and what a later version has: nobody here waits for them.
      }
    }
  }

  private static Optional<RpcId> named(Optional<Node> params, String key) {
    return params.flatMap(given -> given.get(key)).flatMap(RpcId::of);
  }
}
