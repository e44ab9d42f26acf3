// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Decides what goes which way, from what both sides had in common and what each has now. Pure.
///
/// What one side changed goes to the other when that has it unchanged. What both changed
/// differently stays as it is on both sides. What one deleted and the other changed comes back.
/// Nothing is deleted or replaced that is not what both had in common.
///
/// @param down what this machine has to become
/// @param up what the far one has to become
/// @param conflicts paths that both changed differently
/// @param revived paths that one deleted and the other changed
/// @param agreed what both have in common already
record Merge(
    List<Change> down,
    List<Change> up,
    List<String> conflicts,
    List<String> revived,
    SortedMap<String, TreeEntry> agreed) {

  Merge {
    down = List.copyOf(down);
    up = List.copyOf(up);
    conflicts = List.copyOf(conflicts);
    revived = List.copyOf(revived);
    agreed = new TreeMap<>(agreed);
  }

  /// @param base what both had in common
  static Merge of(SortedMap<String, TreeEntry> base, Tree near, Tree far) {
    Draft draft = new Draft(near, far);
    TreeSet<String> paths = new TreeSet<>(base.keySet());
    paths.addAll(near.entries().keySet());
    paths.addAll(far.entries().keySet());
    for (String path : paths) {
      draft.decide(path, base.get(path));
    }
    return draft.merge();
  }

  private static final class Draft {
    private final Tree near;
    private final Tree far;
    private final List<Change> down = new ArrayList<>();
    private final List<Change> up = new ArrayList<>();
    private final List<String> conflicts = new ArrayList<>();
    private final List<String> revived = new ArrayList<>();
    private final SortedMap<String, TreeEntry> agreed = new TreeMap<>();

    Draft(Tree near, Tree far) {
      this.near = requireNonNull(near, "near");
      this.far = requireNonNull(far, "far");
    }

    void decide(String path, @Nullable TreeEntry base) {
      TreeEntry here = near.at(path);
      TreeEntry there = far.at(path);
      boolean unknown =
          near.isUnknown(path)
              || far.isUnknown(path)
              || (here == null && !near.whole())
              || (there == null && !far.whole());
      if (unknown) {
        keep(path, base);
      } else if (Objects.equals(here, there)) {
        keep(path, here);
      } else if (Objects.equals(here, base)) {
        down.add(new Change(path, here, there));
        keep(path, base);
      } else if (Objects.equals(there, base)) {
        up.add(new Change(path, there, here));
        keep(path, base);
      } else if (here == null) {
        down.add(new Change(path, null, there));
        revive(path, base);
      } else if (there == null) {
        up.add(new Change(path, null, here));
        revive(path, base);
      } else {
        conflicts.add(path);
        keep(path, base);
      }
    }

    private void revive(String path, @Nullable TreeEntry base) {
      revived.add(path);
      keep(path, base);
    }

    private void keep(String path, @Nullable TreeEntry entry) {
      if (entry != null) {
        agreed.put(path, entry);
      }
    }

    Merge merge() {
      List<Change> coming = reachable(kept(down, near), near);
      List<Change> going = reachable(kept(up, far), far);
      return new Merge(coming, going, conflicts, revived, agreed);
    }

    /* What would lie below a link or a file of the side it goes to stays where it is: a link leads
     * to where nobody looked. */
    private List<Change> reachable(List<Change> changes, Tree side) {
      TreeSet<String> made = new TreeSet<>();
      for (Change change : changes) {
        if (change.to() instanceof TreeEntry.Folder) {
          made.add(change.path());
        }
      }
      List<Change> reachable = new ArrayList<>();
      for (Change change : changes) {
        if (isBlocked(change.path(), side, made)) {
          conflicts.add(change.path());
        } else {
          reachable.add(change);
        }
      }
      return reachable;
    }

    private static boolean isBlocked(String path, Tree side, NavigableSet<String> made) {
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        String above = path.substring(0, slash);
        TreeEntry entry = side.at(above);
        if (entry != null && !(entry instanceof TreeEntry.Folder) && !made.contains(above)) {
          return true;
        }
      }
      return false;
    }

    /* A folder is not deleted while something that stays lies in it. */
    private List<Change> kept(List<Change> changes, Tree side) {
      TreeSet<String> staying = new TreeSet<>(side.entries().keySet());
      staying.addAll(side.unknown());
      TreeSet<String> going = new TreeSet<>();
      for (Change change : changes) {
        if (change.to() == null) {
          going.add(change.path());
        }
      }
      staying.removeAll(going);
      for (Change change : changes) {
        if (change.to() != null) {
          staying.add(change.path());
        }
      }
      List<Change> kept = new ArrayList<>();
      for (Change change : changes) {
        boolean folderStays =
            change.from() instanceof TreeEntry.Folder
                && !(change.to() instanceof TreeEntry.Folder)
                && hasBelow(staying, change.path());
        if (!folderStays) {
          kept.add(change);
        }
      }
      return kept;
    }

    private static boolean hasBelow(NavigableSet<String> paths, String folder) {
      String next = paths.ceiling(folder + "/");
      return next != null && next.startsWith(folder + "/");
    }
  }
}
