// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What lies in the folder of the work, on one side at one moment. Immutable.
///
/// @param entries by their path below the folder, with `/`
/// @param unknown paths of which nothing can be said, with everything below them; neither there nor
///   gone
/// @param whole whether what is in neither of them is known to be gone
record Tree(SortedMap<String, TreeEntry> entries, Set<String> unknown, boolean whole) {

  static final Tree EMPTY = new Tree(new TreeMap<>(), Set.of(), true);

  Tree {
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    unknown = Collections.unmodifiableSet(new TreeSet<>(unknown));
  }

  @Nullable TreeEntry at(String path) {
    return entries.get(path);
  }

  /// Says whether nothing can be said of `path`.
  boolean isUnknown(String path) {
    requireNonNull(path, "path");
    if (unknown.isEmpty()) {
      return false;
    }
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (unknown.contains(path.substring(0, slash))) {
        return true;
      }
    }
    return unknown.contains(path);
  }
}
