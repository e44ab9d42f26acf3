// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import dev.redoubt.sandbox.snapshots.Differences.Change;
import dev.redoubt.sandbox.snapshots.Untouched.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps what is applied together with the folders it needs: a folder that is only staged is a
/// write of its own, and nothing makes it on the way to something in it.
final class StagedFolders {

  private StagedFolders() {}

  /// Adds to `selected` the folders of `all` that have to be made for it.
  static void addNeeded(NavigableMap<String, Change> selected, NavigableMap<String, Change> all) {
    for (String path : List.copyOf(selected.keySet())) {
      above(path)
          .forEach(folder -> {
            Change change = all.get(folder);
            if (isMade(change)) {
              selected.put(folder, change);
            }
          });
    }
  }

  /// Takes out of `permitted` what lies in a folder that would have to be made and is not in it.
  ///
  /// @param all everything that is staged
  /// @return what was taken out, with the reason
  static List<Untouched> takeOutWithoutFolder(
      NavigableMap<String, Change> permitted, NavigableMap<String, Change> all) {
    List<Untouched> left = new ArrayList<>();
    for (String path : List.copyOf(permitted.keySet())) {
      Optional<String> missing =
          above(path).stream()
              .filter(folder -> isMade(all.get(folder)) && !permitted.containsKey(folder))
              .findFirst();
      Change change = permitted.get(path);
      if (missing.isPresent() && change != null && change.before() != null) {
        permitted.remove(path);
        left.add(
            new Untouched(
                Names.shown(path),
                Why.FAILED,
                "the folder \"%s\" is staged and was not permitted"
                    .formatted(Names.shown(missing.get()))));
      }
    }
    return left;
  }

  /// Returns `outcome` with `left` besides.
  static UndoOutcome with(UndoOutcome outcome, List<Untouched> left) {
    return switch (outcome) {
      case UndoOutcome.Done(var turn, var changed, var untouched, var notes) ->
          new UndoOutcome.Done(turn, changed, both(untouched, left), notes);
      case UndoOutcome.Blocked(var untouched, var notes) ->
          new UndoOutcome.Blocked(both(untouched, left), notes);
      case UndoOutcome.Nothing nothing ->
          left.isEmpty() ? nothing : new UndoOutcome.Blocked(left, nothing.notes());
    };
  }

  private static List<Untouched> both(List<Untouched> first, List<Untouched> second) {
    List<Untouched> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }

  /* Before is what is wished, after what it was staged over. */
  private static boolean isMade(@Nullable Change change) {
    return change != null
        && change.before() instanceof Entry.Folder
        && !(change.after() instanceof Entry.Folder);
  }

  private static List<String> above(String path) {
    List<String> folders = new ArrayList<>();
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      folders.add(path.substring(0, slash));
    }
    return folders;
  }
}
