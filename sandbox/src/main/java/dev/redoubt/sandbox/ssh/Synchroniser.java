// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.kernel.Usage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps the folder of the work the same on both machines: before a command what changed here goes
/// there, after it what changed there comes here. Safe to share.
final class Synchroniser {

  private final SyncStore store;
  private final NearTree near;
  private final FarTree far;
  private final Passage passage;
  private final Landing landing;
  private final SyncNotice.Listener listener;
  private final ReentrantLock turn = new ReentrantLock();
  private final Set<SyncNotice> told = new HashSet<>();
  private boolean begun;

  Synchroniser(
      SyncStore store, NearTree near, FarTree far, Passage passage, SyncNotice.Listener listener) {
    this.store = requireNonNull(store, "store");
    this.near = requireNonNull(near, "near");
    this.far = requireNonNull(far, "far");
    this.passage = requireNonNull(passage, "passage");
    this.landing = new Landing(near, far);
    this.listener = requireNonNull(listener, "listener");
  }

  /// Brings what changed here to the far machine. Asks that first what it has, so nothing of it is
  /// overwritten.
  void before() throws IOException, InterruptedException {
    turn.lockInterruptibly();
    try (FileChannel _ = store.lock()) {
      NearTree.Seen seen = near.look();
      SortedMap<String, TreeEntry> base = store.read();
      if (!begun || !isSame(base, seen.tree())) {
        var _ = merge(base, seen, "");
      }
      begun = true;
    } finally {
      turn.unlock();
    }
  }

  /// Brings back what changed on the far machine, and takes away the traces of the command `id`.
  ///
  /// @return what that used, as the far machine says
  Optional<Usage> after(String id) throws IOException, InterruptedException {
    turn.lockInterruptibly();
    try (FileChannel _ = store.lock()) {
      return merge(store.read(), near.look(), id);
    } finally {
      turn.unlock();
    }
  }

  private static boolean isSame(SortedMap<String, TreeEntry> base, Tree tree) {
    SortedMap<String, TreeEntry> known = new TreeMap<>(base);
    known.keySet().removeIf(tree::isUnknown);
    return known.equals(tree.entries());
  }

  private Optional<Usage> merge(SortedMap<String, TreeEntry> known, NearTree.Seen seen, String id)
      throws IOException, InterruptedException {
    seen.leftOut().forEach(this::tell);
    FarListing there = far.look(id);
    there.refused().forEach(this::tell);
    SortedMap<String, TreeEntry> base = known;
    if (there.tree().entries().isEmpty() && there.tree().whole() && !base.isEmpty()) {
      tell(new SyncNotice.StartedAnew());
      base = new TreeMap<>();
    }
    Merge merge = Merge.of(base, seen.tree(), there.tree());
    merge.conflicts().forEach(path -> tell(new SyncNotice.Conflict(path)));
    merge.revived().forEach(path -> tell(new SyncNotice.Revived(path)));
    SortedMap<String, TreeEntry> agreed = new TreeMap<>(merge.agreed());
    try {
      if (!merge.up().isEmpty()) {
        far.change(merge.up(), near);
        merge.up().forEach(change -> agree(agreed, change));
      }
      landing.take(taken(merge.down(), seen.tree()), change -> agree(agreed, change), this::tell);
    } finally {
      if (!agreed.equals(known)) {
        store.write(agreed);
      }
    }
    return there.used();
  }

  private List<Change> taken(List<Change> changes, Tree tree) {
    List<Change> taken = new ArrayList<>();
    ComingGit git = new ComingGit(tree, changes);
    for (Change change : changes) {
      Optional<String> reason = passage.staysThere(change);
      for (String folder : git.around(change.path())) {
        reason = reason.or(() -> passage.staysThere(folder, change));
      }
      if (reason.isEmpty()) {
        taken.add(change);
      } else {
        tell(new SyncNotice.Refused(change.path(), reason.get()));
      }
    }
    return taken;
  }

  private static void agree(SortedMap<String, TreeEntry> agreed, Change change) {
    TreeEntry to = change.to();
    if (to == null) {
      agreed.remove(change.path());
    } else {
      agreed.put(change.path(), to);
    }
  }

  /* Each once: what stands between the two stands there after every command. */
  private void tell(SyncNotice notice) {
    if (told.add(notice)) {
      listener.told(notice);
    }
  }
}
