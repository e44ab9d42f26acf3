// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.relay.api.Asked;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Passing;
import dev.redoubt.relay.detectors.Matter.Surroundings;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Takes messages apart into what is judged at once: each tool, prompt and resource of a listing by
/// itself, everything else as a whole. What was taken apart for one detector is there for the next.
///
/// Safe to share.
@SuppressWarnings("ReferenceEquality") // the same message, not an equal one
public final class Matters {

  private static final int RECENT = 32;

  private final Shelf shelf = new Shelf();
  private final AtomicReferenceArray<WeakReference<Apart>> recent =
      new AtomicReferenceArray<>(RECENT);

  private record Apart(RpcMessage message, List<Entry> entries) {}

  /// One matter, and where in a listing it stands.
  ///
  /// @param list the field of the result that it is an item of; empty for none
  /// @param index of the item
  record Entry(Matter matter, String list, int index) {}

  /// Returns the tools the server was heard to have.
  Shelf shelf() {
    return shelf;
  }

  /// Returns what is to be judged of `passing`.
  List<Entry> of(Passing passing) {
    int slot = (System.identityHashCode(passing.message()) & Integer.MAX_VALUE) % RECENT;
    WeakReference<Apart> kept = recent.get(slot);
    Apart apart = kept == null ? null : kept.get();
    if (apart == null || apart.message() != passing.message()) {
      apart = new Apart(passing.message(), List.copyOf(entries(passing)));
      recent.set(slot, new WeakReference<>(apart));
    }
    return apart.entries();
  }

  private List<Entry> entries(Passing passing) {
    return switch (passing.message()) {
      case RpcMessage.Request(var _, String method, Optional<Node> params) ->
          spoken(passing.direction(), method, params);
      case RpcMessage.Notice(String method, Optional<Node> params) ->
          spoken(passing.direction(), method, params);
      case RpcMessage.Result(var _, Node result) -> answer(passing, result);
      case RpcMessage.Failure(var _, RpcError error) -> failure(passing, error);
    };
  }

  private List<Entry> spoken(Direction direction, String method, Optional<Node> params) {
    if (params.isEmpty()) {
      return List.of();
    }
    if (direction == Direction.TO_CLIENT) {
      return List.of(whole(Place.CONTENT, method, params.get(), "params", Surroundings.NONE));
    }
    String name = params.get().text("name").orElse("");
    if (method.equals("tools/call")) {
      Optional<Node> arguments = params.get().get("arguments");
      List<Entry> entries = new ArrayList<>();
      arguments.ifPresent(
          given -> entries.add(whole(Place.ARGUMENT, name, given, "arguments", around(name))));
      params
          .get()
          .get("inputResponses")
          .ifPresent(given ->
              entries.add(whole(Place.REPLY, name, given, "inputResponses", around(name))));
      return entries;
    }
    return List.of(whole(Place.ARGUMENT, name, params.get(), "params", Surroundings.NONE));
  }

  private List<Entry> answer(Passing passing, Node result) {
    if (passing.direction() == Direction.TO_SERVER) {
      return List.of(whole(Place.REPLY, passing.method(), result, "result", Surroundings.NONE));
    }
    return switch (passing.method()) {
      case "tools/list" -> {
        shelf.put(result);
        yield listed(result, "tools");
      }
      case "prompts/list" -> listed(result, "prompts");
      case "resources/list" -> listed(result, "resources");
      case "resources/templates/list" -> listed(result, "resourceTemplates");
      case "initialize", "server/discover" ->
          List.of(whole(Place.DESCRIPTOR, "", result, "result", Surroundings.NONE));
      default -> {
        String tool = tool(passing);
        yield List.of(whole(Place.CONTENT, tool, result, "result", around(tool)));
      }
    };
  }

  private static String tool(Passing passing) {
    return passing
        .asked()
        .filter(asked -> asked.method().equals("tools/call"))
        .flatMap(Asked::params)
        .flatMap(params -> params.text("name"))
        .orElseGet(passing::method);
  }

  private List<Entry> failure(Passing passing, RpcError error) {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(new Piece("error.message", "message", error.message()));
    error.data().ifPresent(data -> pieces.addAll(Texts.of(data, "error.data")));
    Place place = passing.direction() == Direction.TO_CLIENT ? Place.CONTENT : Place.REPLY;
    String tool = tool(passing);
    return List.of(new Entry(new Matter(place, tool, pieces, around(tool)), "", 0));
  }

  private List<Entry> listed(Node result, String list) {
    List<Entry> entries = new ArrayList<>();
    List<Node> items = result.items(list);
    Set<String> names = new HashSet<>(shelf.names());
    for (int i = 0; i < items.size(); i++) {
      entries.add(new Entry(descriptor(items.get(i), names), list, i));
    }
    return entries;
  }

  /// Returns what is to be judged of what a server says of one tool, prompt or resource.
  ///
  /// @param names of all tools it has
  public static Matter descriptor(Node item, Set<String> names) {
    String name = item.text("name").or(() -> item.text("uri")).orElse("");
    return new Matter(
        Place.DESCRIPTOR, name, Texts.of(item, ""), new Surroundings(Optional.of(item), names));
  }

  private Surroundings around(String tool) {
    return new Surroundings(shelf.find(tool), Set.of());
  }

  private static Entry whole(
      Place place, String subject, Node node, String path, Surroundings surroundings) {
    return new Entry(new Matter(place, subject, Texts.of(node, path), surroundings), "", 0);
  }
}
