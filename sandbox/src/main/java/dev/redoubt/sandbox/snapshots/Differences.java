// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import java.io.IOException;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What differs between two recorded states. Folders with the same listing are not looked into.
final class Differences {

  /// What lay at a path before and after; null for nothing.
  record Change(@Nullable Entry before, @Nullable Entry after) {
    Change reversed() {
      return new Change(/* before= */ after, /* after= */ before);
    }
  }

  private static final int LONGEST_LISTING = 64 << 20;

  private final Packs packs;
  private final NavigableMap<String, Change> changes = new TreeMap<>();

  private Differences(Packs packs) {
    this.packs = packs;
  }

  /// Returns the paths that differ, sorted. Where one state left something out, nothing is known
  /// about what the other has below, so only the place itself is named.
  ///
  /// @throws IOException if a listing is not in the store
  static NavigableMap<String, Change> between(Packs packs, Hash before, Hash after)
      throws IOException {
    Differences differences = new Differences(packs);
    differences.folders("", before, after);
    return differences.changes;
  }

  private void folders(String at, @Nullable Hash before, @Nullable Hash after) throws IOException {
    if (before != null && before.equals(after)) {
      return;
    }
    NavigableMap<String, Entry> old = listing(before);
    NavigableMap<String, Entry> now = listing(after);
    Entry oldRest = old.get(TreeText.REST);
    Entry nowRest = now.get(TreeText.REST);
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      Entry was = old.getOrDefault(name, oldRest);
      Entry is = now.getOrDefault(name, nowRest);
      entry(Names.join(at, name), was, is);
    }
  }

  private void entry(String at, @Nullable Entry was, @Nullable Entry is) throws IOException {
    if (!Entry.same(was, is)) {
      changes.put(at, new Change(was, is));
    }
    if (was instanceof Entry.LeftOut || is instanceof Entry.LeftOut) {
      return;
    }
    Hash before = was instanceof Entry.Folder(Hash tree, _) ? tree : null;
    Hash after = is instanceof Entry.Folder(Hash tree, _) ? tree : null;
    if (before != null || after != null) {
      folders(at, before, after);
    }
  }

  private NavigableMap<String, Entry> listing(@Nullable Hash tree) throws IOException {
    return tree == null ? new TreeMap<>() : TreeText.entries(packs.read(tree, LONGEST_LISTING));
  }
}
