// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import dev.redoubt.document.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The fields of one declaration, wherever its client nests them.
///
/// Continue puts them below `transport`, early Zed below `command`, some extensions below `config`
/// or `server`: the declaration itself is asked first.
final class Fields {

  private final List<Node> places;

  private Fields(List<Node> places) {
    this.places = places;
  }

  static Fields of(Node entry) {
    List<Node> places = new ArrayList<>();
    places.add(entry);
    for (String nested :
        List.of(
            "transport",
            "command",
            "config",
            "server",
            "stdio",
            "remote",
            "requestOptions",
            "requestInit",
            "settings")) {
      entry.get(nested).filter(node -> node instanceof Node.Obj).ifPresent(places::add);
    }
    return new Fields(places);
  }

  /// Returns the first value found under one of `names`, `null` and empty YAML values left out.
  Optional<Node> first(String... names) {
    for (Node place : places) {
      for (String name : names) {
        Optional<Node> found = place.get(name).filter(node -> !(node instanceof Node.Nothing));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /// Returns the first scalar found under one of `names`, blank texts left out.
  Optional<String> scalar(String... names) {
    for (Node place : places) {
      for (String name : names) {
        Optional<String> found = place.scalar(name).filter(text -> !text.isBlank());
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /// Returns the fields of every place whose key is `name`, in order.
  List<Node> every(String... names) {
    List<Node> all = new ArrayList<>();
    for (Node place : places) {
      for (String name : names) {
        place.get(name).ifPresent(all::add);
      }
    }
    return all;
  }

  /// Returns every field called one of `names`, with its name.
  List<Map.Entry<String, Node>> named(String... names) {
    List<Map.Entry<String, Node>> all = new ArrayList<>();
    for (Node place : places) {
      for (String name : names) {
        place.get(name).ifPresent(node -> all.add(Map.entry(name, node)));
      }
    }
    return all;
  }
}
