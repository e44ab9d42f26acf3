// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// Looks up single paths in recorded states.
final class Origins {

  private static final int LONGEST_LISTING = 64 << 20;

  private final Packs packs;
  private final Map<Hash, NavigableMap<String, Entry>> listings = new HashMap<>();

  Origins(Packs packs) {
    this.packs = packs;
  }

  /// Returns what the state `tree` has at `path`, null for nothing. A path below something that was
  /// left out is left out too.
  @Nullable Entry at(Hash tree, String path) throws IOException {
    Hash folder = tree;
    Entry found = null;
    for (String name : path.split("/", -1)) {
      if (folder == null) {
        return null;
      }
      NavigableMap<String, Entry> listing = listing(folder);
      found = listing.get(name);
      if (found == null) {
        found = listing.get(TreeText.REST);
      }
      if (found instanceof Entry.LeftOut) {
        return found;
      }
      folder = found instanceof Entry.Folder(Hash below, _) ? below : null;
    }
    return found;
  }

  /// Returns what lies in the recorded folder `tree`.
  NavigableMap<String, Entry> listing(Hash tree) throws IOException {
    NavigableMap<String, Entry> known = listings.get(tree);
    if (known == null) {
      known = TreeText.entries(packs.read(tree, LONGEST_LISTING));
      listings.put(tree, known);
    }
    return known;
  }
}
