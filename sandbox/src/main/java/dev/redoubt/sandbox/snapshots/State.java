// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// A recorded state of a workspace.
///
/// @param tree the listing of the workspace itself
/// @param entries everything by its path, without the workspace itself
record State(Hash tree, NavigableMap<String, Entry> entries) {

  State {
    entries = Collections.unmodifiableNavigableMap(entries);
  }

  /// Returns what lies at `path`, null for nothing. A path below something that was left out is
  /// left out too.
  @Nullable Entry at(String path) {
    Entry found = entries.get(path);
    return found != null ? found : hidden(entries, path);
  }

  /// Returns the left-out entry that hides `path`, or null.
  static @Nullable Entry hidden(Map<String, Entry> entries, String path) {
    for (int slash = path.lastIndexOf('/'); ; slash = path.lastIndexOf('/', slash - 1)) {
      String folder = slash < 0 ? "" : path.substring(0, slash);
      if (entries.get(folder) instanceof Entry.LeftOut left) {
        return left;
      }
      if (entries.get(Names.join(folder, TreeText.REST)) instanceof Entry.LeftOut rest) {
        return rest;
      }
      if (slash < 0) {
        return null;
      }
    }
  }
}
