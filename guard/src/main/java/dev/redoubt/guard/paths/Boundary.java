// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.paths;

import java.util.List;

/// The workspace and the home a path is judged against.
///
/// @param roots the names of the workspace as it was given and as it really is
/// @param home the folded names of the person's home
record Boundary(List<List<String>> roots, List<String> home) {

  Boundary {
    roots = List.copyOf(roots);
    home = List.copyOf(home);
  }

  Zone zone(List<String> names) {
    return Zone.of(names, roots);
  }

  /// Returns how many names the workspace has that `names` lie in, 0 outside.
  int depth(List<String> names) {
    int depth = 0;
    for (List<String> root : roots) {
      if (Names.within(root, names)) {
        depth = Math.max(depth, root.size());
      }
    }
    return depth;
  }

  /// Returns `names` as a rule names them: relative in the workspace, absolute elsewhere.
  String ruled(List<String> names) {
    for (List<String> root : roots) {
      if (Names.within(root, names) && names.size() > root.size()) {
        return String.join("/", names.subList(root.size(), names.size()));
      }
    }
    return Names.join(names);
  }
}
