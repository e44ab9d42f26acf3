// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.guard.paths.ProtectedPlaces;
import dev.redoubt.sandbox.wall.Undone;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Finishes what a Redoubt that was killed could not: takes away what its commands had written in
/// protected places.
///
/// What a person wrote there since cannot be told from it and goes too, unless the machine started
/// in between. Nothing is ever deleted: what cannot be moved within its file system stays, and is
/// closed to the next command. Where it is not wholly known what was there before, nothing is
/// taken. Safe to call at any time, also while commands run.
public final class Unfinished {

  private static final Duration CLEARLY = Duration.ofMinutes(1);

  private Unfinished() {}

  /// Takes away what is left in `workspace`. Costs one look at a folder when there is nothing.
  ///
  /// @param workspace its real path
  /// @param state Redoubt's own folder
  public static Undone finish(Path workspace, Path home, Path state) throws IOException {
    Path folder = state.resolve("sandbox");
    Quarantine quarantine = Quarantine.forKeeping(workspace, folder.resolve("quarantine"));
    List<Begun> begun = Begun.left(folder, workspace);
    if (begun.isEmpty()) {
      return new Undone(List.of(), List.of(), quarantine.folder());
    }
    ProtectedPlaces places = ProtectedPlaces.of(workspace.toString(), home.toString());
    Placeholders placeholders = Placeholders.of(workspace, state);
    placeholders.sweep();
    List<Path> taken = new ArrayList<>();
    List<Path> left = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Instant started = started();
    try {
      for (Begun one : begun) {
        var text = one.text();
        if (text.isEmpty()) {
          notes.add(
              "what was there before it began is not wholly written down: nothing was taken away,"
                  + " look yourself at what is new and protected");
          one.over();
          continue;
        }
        Appearances before = Appearances.read(places, workspace, text.get());
        Masks after = Closed.settled(() -> find(places, workspace), before.known());
        Instant began = one.at();
        Undone undone =
            before.undo(
                quarantine, after, placeholders.inUse(), path -> cameLater(path, began, started));
        taken.addAll(undone.taken());
        left.addAll(undone.left());
        notes.addAll(undone.notes());
        one.over();
      }
    } finally {
      for (Begun one : begun) {
        one.leave();
      }
    }
    return new Undone(taken, left, quarantine.folder(), notes);
  }

  /* No command outlives the machine. */
  static boolean cameLater(Path path, Instant began, Instant started) {
    try {
      return began.isBefore(started)
          && Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS)
              instanceof FileTime changed
          && changed.toInstant().isAfter(started.plus(CLEARLY));
    } catch (IOException e) {
      return false;
    }
  }

  /* Source: proc_stat(5). */
  private static Instant started() throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(Path.of("/proc/stat"))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("btime ")) {
          return Instant.ofEpochSecond(Long.parseLong(line.substring("btime ".length()).strip()));
        }
      }
      return Instant.MIN;
    } catch (NoSuchFileException | NumberFormatException e) {
      return Instant.MIN;
    }
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
