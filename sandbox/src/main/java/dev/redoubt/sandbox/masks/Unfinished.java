// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.guard.paths.ProtectedPlaces;
import dev.redoubt.sandbox.wall.Undone;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Finishes what a Redoubt that was killed could not: takes away what its commands had written in
/// protected places.
///
/// What a person wrote there since cannot be told from it and goes too; all of it is kept. Safe to
/// call at any time, also while commands run.
public final class Unfinished {

  private Unfinished() {}

  /// Takes away what is left in `workspace`. Costs one look at a folder when there is nothing.
  ///
  /// @param workspace its real path
  /// @param state Redoubt's own folder
  public static Undone finish(Path workspace, Path home, Path state) throws IOException {
    Path folder = state.resolve("sandbox");
    Quarantine quarantine = new Quarantine(workspace, folder.resolve("quarantine"));
    List<Begun> begun = Begun.left(folder, workspace);
    if (begun.isEmpty()) {
      return new Undone(List.of(), List.of(), quarantine.folder());
    }
    ProtectedPlaces places = ProtectedPlaces.of(workspace.toString(), home.toString());
    Placeholders placeholders = Placeholders.of(workspace, state);
    placeholders.sweep();
    List<Path> taken = new ArrayList<>();
    List<Path> left = new ArrayList<>();
    try {
      for (Begun one : begun) {
        Appearances before = Appearances.read(places, workspace, one.text());
        Masks after = Closed.settled(() -> find(places, workspace), before.known());
        Undone undone = before.undo(quarantine, after, placeholders.inUse());
        taken.addAll(undone.taken());
        left.addAll(undone.left());
        one.over();
      }
    } finally {
      for (Begun one : begun) {
        one.leave();
      }
    }
    return new Undone(taken, left, quarantine.folder());
  }

  private static Masks find(ProtectedPlaces places, Path workspace) throws IOException {
    Reopened.open(workspace);
    FolderLooks looks = FolderLooks.of(workspace, InstantSource.system(), FolderLooks.COARSEST);
    WorkspaceWalk walk = new WorkspaceWalk(places, workspace, WorkspaceWalk.MOST, looks);
    walk.through(workspace);
    walk.closeTwins(Map.of());
    return new Masks(walk.masks(), List.of(), walk.repositories(), GitSearch.folders(walk));
  }
}
