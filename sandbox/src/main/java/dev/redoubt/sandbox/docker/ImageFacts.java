// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One image the engine has.
///
/// @param name as the operator wrote it
/// @param id the digest of what is really run, `sha256:` and 64 hex digits
/// @param digests under which registries know it; empty when it was made here
/// @param volumes the folders it would make writable by itself
record ImageFacts(String name, String id, List<String> digests, List<String> volumes) {

  ImageFacts {
    requireNonNull(name, "name");
    requireNonNull(id, "id");
    digests = List.copyOf(digests);
    volumes = List.copyOf(volumes);
  }

  /// Returns what the engine of `docker` knows of the image `name`. It is never fetched.
  ///
  /// @throws WallException if the engine has none of that name
  static ImageFacts ask(DockerClient docker, String name) throws IOException, InterruptedException {
    if (name.isBlank() || name.startsWith("-") || name.chars().anyMatch(c -> c <= ' ')) {
      throw WallException.cannotStart(
          "\"%s\" is no name of an image".formatted(name),
          "write options.sandbox.docker.image as REPOSITORY:TAG or REPOSITORY@DIGEST");
    }
    DockerClient.Answer answer =
        docker.ask(
            "image",
            "inspect",
            "--format",
            "[{{json .Id}},{{json .RepoDigests}},{{json .Config.Volumes}}]",
            name);
    if (!answer.good()) {
      throw WallException.cannotStart(
          "the engine has no image \"%s\": %s".formatted(name, answer.complaint()),
          "fetch or make it yourself (docker pull %s): Redoubt never does".formatted(name));
    }
    return read(name, answer.text());
  }

  private static ImageFacts read(String name, String json) throws WallException {
    try {
      Node node = Json.readStrict(json.getBytes(StandardCharsets.UTF_8), Limits.SCAN);
      if (node instanceof Node.Arr(List<Node> items, int _)
          && items.size() == 3
          && items.getFirst() instanceof Node.Text(String id, int _)
          && id.startsWith("sha256:")) {
        return new ImageFacts(name, id, texts(items.get(1)), keys(items.get(2)));
      }
    } catch (DocumentException e) {
      throw unreadable(name);
    }
    throw unreadable(name);
  }

  private static WallException unreadable(String name) {
    return WallException.cannotStart(
        "what the engine says about the image \"%s\" cannot be understood".formatted(name), "");
  }

  private static List<String> texts(Node node) {
    return node instanceof Node.Arr(List<Node> items, int _)
        ? items.stream()
            .map(item -> item instanceof Node.Text(String text, int _) ? text : "")
            .toList()
        : List.of();
  }

  private static List<String> keys(Node node) {
    return node instanceof Node.Obj(var fields, int _)
        ? fields.keySet().stream().sorted().toList()
        : List.of();
  }
}
