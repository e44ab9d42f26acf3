// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import dev.redoubt.sandbox.git.GitFolder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Knows which folders git would take for its own once changes of the far machine came: one by one
/// they look harmless.
final class ComingGit {

  private final TreeSet<String> paths;
  private final Map<String, Boolean> known = new HashMap<>();

  /// @param near what this machine has
  ComingGit(Tree near, List<Change> changes) {
    this.paths = new TreeSet<>(near.entries().keySet());
    paths.addAll(near.unknown());
    for (Change change : changes) {
      if (change.to() != null) {
        paths.add(change.path());
      }
    }
  }

  /// Returns those of these folders in which `path` lies and that are not called `.git`; the work
  /// itself is the empty text.
  List<String> around(String path) {
    List<String> around = new ArrayList<>();
    for (int at = path.lastIndexOf('/');
        at >= -1;
        at = at < 0 ? -2 : path.lastIndexOf('/', at - 1)) {
      String folder = path.substring(0, Math.max(at, 0));
      boolean usual = folder.equals(".git") || folder.endsWith("/.git");
      if (!usual && known.computeIfAbsent(folder, this::isGit)) {
        around.add(folder);
      }
    }
    return around;
  }

  private boolean isGit(String folder) {
    String start = folder.isEmpty() ? "" : folder + "/";
    return GitFolder.is(name -> has(start + name));
  }

  private boolean has(String path) {
    String next = paths.ceiling(path);
    if (next != null && (next.equals(path) || next.startsWith(path + "/"))) {
      return true;
    }
    String below = paths.ceiling(path + "/");
    return below != null && below.startsWith(path + "/");
  }
}
