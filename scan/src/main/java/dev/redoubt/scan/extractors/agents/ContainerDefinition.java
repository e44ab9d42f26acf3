// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.agents;

import dev.redoubt.document.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A container as a registry or catalogue defines it, turned into the declaration of a `docker
/// run`.
///
/// @param image the image's node
/// @param run where command, volumes, user and network are
/// @param definition where image, secrets and environment are
record ContainerDefinition(Optional<Node> image, Node run, Node definition) {

  static ContainerDefinition of(Node run, Node definition) {
    Optional<Node> image =
        definition
            .get("image")
            .or(() -> run.get("image"))
            .filter(node -> node.scalar().isPresent());
    return new ContainerDefinition(image, run, definition);
  }

  /// Returns a declaration in the manner of `{command: docker, args: [run, …]}`.
  Node declaration() {
    int line = image.map(Node::line).orElse(definition.line());
    List<Node> args = new ArrayList<>();
    args.add(new Node.Text("run", line));
    args.add(new Node.Text("-i", line));
    args.add(new Node.Text("--rm", line));
    if (run.isTrue("disableNetwork")) {
      args.add(new Node.Text("--network=none", line));
    }
    for (Node volume : run.items("volumes")) {
      args.add(new Node.Text("-v", volume.line()));
      args.add(volume);
    }
    image.ifPresent(args::add);
    args.addAll(run.items("command"));
    Map<String, Node> fields = new LinkedHashMap<>();
    fields.put("command", new Node.Text("docker", line));
    fields.put("args", new Node.Arr(args, line));
    Node config =
        definition.get("config").filter(node -> node instanceof Node.Obj).orElse(definition);
    config.get("env").or(() -> run.get("env")).ifPresent(env -> fields.put("env", env));
    config.get("secrets").ifPresent(secrets -> fields.put("secrets", secrets));
    definition.get("oauth").ifPresent(oauth -> fields.put("oauth", oauth));
    definition.get("tools").ifPresent(tools -> fields.put("tools", tools));
    return new Node.Obj(fields, line);
  }
}
