// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.server;

import dev.redoubt.document.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/// What a server offers, in the order in which it was added. Whoever listens is told when that
/// changes. Safe to share.
public final class Catalogue {

  private final Map<Kind, Map<String, Item>> items = new LinkedHashMap<>();
  private final Set<Listener> listeners = new CopyOnWriteArraySet<>();
  private @Nullable ServerCode completion;

  /// What can be offered.
  public enum Kind {
    TOOL("tools"),
    RESOURCE("resources"),
    /// A kind of resources: all whose URI fits a template with `{names}`.
    TEMPLATE("resources"),
    PROMPT("prompts");

    private final String capability;

    Kind(String capability) {
      this.capability = capability;
    }

    String capability() {
      return capability;
    }
  }

  /// Is told of changes, on the thread that makes them; it must not wait.
  interface Listener {

    /// A list changed.
    void changed(Kind kind);

    /// A resource changed.
    void updated(String uri);
  }

  /// Offers one thing more, in place of one of that key.
  public Catalogue add(Kind kind, Item item) {
    synchronized (this) {
      items.computeIfAbsent(kind, _ -> new LinkedHashMap<>()).put(item.key(), item);
    }
    listeners.forEach(listener -> listener.changed(kind));
    return this;
  }

  /// Offers one thing less.
  public void remove(Kind kind, String key) {
    synchronized (this) {
      of(kind).remove(key);
    }
    listeners.forEach(listener -> listener.changed(kind));
  }

  /// Tells whoever listens that what lies at `uri` changed.
  public void updated(String uri) {
    listeners.forEach(listener -> listener.updated(uri));
  }

  /// Offers to complete arguments with `code`, which gives the whole result.
  public synchronized Catalogue completes(ServerCode code) {
    completion = code;
    return this;
  }

  synchronized Optional<ServerCode> completion() {
    return Optional.ofNullable(completion);
  }

  private Map<String, Item> of(Kind kind) {
    return items.getOrDefault(kind, new LinkedHashMap<>());
  }

  synchronized List<Item> all(Kind kind) {
    return List.copyOf(of(kind).values());
  }

  synchronized Optional<Item> find(Kind kind, String key) {
    return Optional.ofNullable(of(kind).get(key));
  }

  /// Returns the resource at `uri`, or the kind of resources it belongs to.
  synchronized Optional<Item> resource(String uri) {
    Optional<Item> exact = find(Kind.RESOURCE, uri);
    return exact.isPresent()
        ? exact
        : of(Kind.TEMPLATE).values().stream()
            .filter(item -> Template.fits(item.key(), uri))
            .findFirst();
  }

  synchronized boolean offers(String capability) {
    return items.entrySet().stream()
        .anyMatch(
            each -> each.getKey().capability().equals(capability) && !each.getValue().isEmpty());
  }

  void listen(Listener listener) {
    listeners.add(listener);
  }

  void forget(Listener listener) {
    listeners.remove(listener);
  }

  /// Returns what clients are told that can be done.
  Node.Obj capabilities(Caller caller) {
    Tree all = new Tree();
    for (String kind : List.of("tools", "resources", "prompts")) {
      if (offers(kind)) {
        Tree one = new Tree().flag("listChanged", true);
        if (kind.equals("resources")) {
          one.flag("subscribe", true);
        }
        all.and(kind, one.object());
      }
    }
    if (completion().isPresent()) {
      all.and("completions", Tree.empty());
    }
    if (!caller.isStateless()) {
      all.and("logging", Tree.empty());
    }
    return all.object();
  }
}
