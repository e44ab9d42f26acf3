// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.javascript;

import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.document.Yaml;
import dev.redoubt.scan.api.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides whether a lock file speaks for a package.json: one beside it, or one in a folder above
/// whose project counts this folder among its own.
///
/// A project does so when its `workspaces` or pnpm-workspace.yaml claim the folder, when it asks
/// for it by path, or when its own package.json is not there to tell.
final class LockCover {

  private static final List<String> LOCKS =
      List.of(
          "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock");
  private static final int HIGHEST = 64;

  private LockCover() {}

  /// Returns whether what `file` asks for is found in a lock file.
  static boolean covers(SourceFile file) {
    if (hasLock(file, "")) {
      return true;
    }
    String path = file.entry().folder();
    String up = "";
    String below = "";
    for (int level = 0; !path.isEmpty() && level < HIGHEST; level++) {
      int slash = path.lastIndexOf('/');
      String name = path.substring(slash + 1);
      below = below.isEmpty() ? name : name + "/" + below;
      path = path.substring(0, Math.max(0, slash));
      up += "../";
      if (hasLock(file, up) && claims(file, up, below)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasLock(SourceFile file, String up) {
    return LOCKS.stream().anyMatch(lock -> file.sibling(up + lock).isPresent())
        || file.sibling(up + "deno.lock").map(LockCover::locksManifest).orElse(false);
  }

  /* Deno locks what a package.json asks for only where it found one. */
  private static boolean locksManifest(SourceFile lock) {
    try {
      return Json.read(lock.bytes(), Limits.SCAN)
          .get("workspace")
          .flatMap(it -> it.get("packageJson"))
          .isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean claims(SourceFile file, String up, String below) {
    Optional<SourceFile> workspace = file.sibling(up + "pnpm-workspace.yaml");
    if (workspace.isPresent() && pnpm(workspace.get()).claims(below)) {
      return true;
    }
    Optional<SourceFile> found = file.sibling(up + "package.json");
    if (found.isEmpty()) {
      return workspace.isEmpty();
    }
    Optional<Manifest> project = Manifest.readOr(found.get(), new ArrayList<>());
    return project.isEmpty()
        || project.get().workspaces().claims(below)
        || project.get().asked().values().stream().anyMatch(asked -> isPath(asked.text(), below));
  }

  private static Workspaces pnpm(SourceFile file) {
    try {
      return Workspaces.of(Yaml.read(file.bytes(), Limits.SCAN).items("packages"));
    } catch (IOException e) {
      return Workspaces.of(List.<Node>of());
    }
  }

  private static boolean isPath(String text, String folder) {
    if (!(Requirement.of(text) instanceof Requirement.Local(String path))) {
      return false;
    }
    String plain = path.startsWith("./") ? path.substring(2) : path;
    return plain.equals(folder) || plain.equals(folder + "/");
  }
}
