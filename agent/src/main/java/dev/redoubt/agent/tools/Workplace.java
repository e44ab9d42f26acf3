// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.document.Node;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The folder a session works in, and which versions of its files the model has seen. Safe to
/// share.
final class Workplace {

  private final Path folder;
  private final Map<Path, String> seen = new ConcurrentHashMap<>();

  /// @param folder absolute
  Workplace(Path folder) {
    this.folder = requireNonNull(folder, "folder").normalize();
  }

  Path folder() {
    return folder;
  }

  /// Returns the path that a model means by `written`: relative ones start at the workspace.
  ///
  /// @throws java.nio.file.InvalidPathException if it is none
  Path at(String written) {
    return folder.resolve(written).normalize();
  }

  /// Returns how `path` is named to a model: short where it can be.
  String shown(Path path) {
    if (path.equals(folder)) {
      return ".";
    }
    return (path.startsWith(folder) ? folder.relativize(path) : path).toString();
  }

  /// Remembers that the model knows this version of a file.
  void saw(Path path, String sha256) {
    seen.put(path, sha256);
  }

  /// Returns the version of a file the model knows.
  Optional<String> known(Path path) {
    return Optional.ofNullable(seen.get(path));
  }

  /// Remembers what an earlier run of the session said of a file.
  ///
  /// @param facts `known` is false where the model changed a version it had not seen
  void recall(Node.Obj facts) {
    if (facts.get("known").isPresent() && !facts.isTrue("known")) {
      return;
    }
    Optional<String> path = facts.text("path");
    Optional<String> sha256 = facts.text("sha256");
    if (path.isPresent() && sha256.isPresent()) {
      saw(at(path.get()), sha256.get());
    }
  }
}
