// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Content;
import dev.redoubt.sandbox.files.GuardedFiles;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where protected places go that a command made, and the list of those that could not go yet.
final class Quarantine {

  private static final int MAX_OWED = 16 << 20;

  private final Path workspace;
  private final Path folder;
  private final Path owed;
  private final boolean carries;
  private @Nullable Begun begun;

  /// @param folder for what is moved; made when it is needed
  Quarantine(Path workspace, Path folder) {
    this(workspace, folder, true);
  }

  private Quarantine(Path workspace, Path folder, boolean carries) {
    this.carries = carries;
    this.workspace = workspace;
    this.folder = folder;
    String id = Content.of(workspace.toString()).sha256().substring(0, 32);
    this.owed = folder.resolveSibling(id + ".owed");
  }

  /// Returns the one for what may be a person's: it only moves, and carries nothing.
  static Quarantine forKeeping(Path workspace, Path folder) {
    return new Quarantine(workspace, folder, false);
  }

  /// Returns where things are that were moved away.
  Path folder() {
    return folder;
  }

  /// Writes down what was there before a command begins.
  void begin(String before) throws IOException {
    begun = Begun.write(requireNonNull(folder.getParent()), workspace, before);
  }

  /// Forgets it, once all that the command left was taken or is owed.
  void over() throws IOException {
    Begun known = begun;
    if (known != null) {
      known.over();
    }
  }

  /// Leaves it to the next command, which takes away what is left.
  void leave() throws IOException {
    Begun known = begun;
    if (known != null) {
      known.leave();
    }
  }

  /// Moves `path` here, from a folder that is closed too. To another file system it is carried,
  /// within limits, unless this is one [#forKeeping]. Nothing is ever deleted that is not kept
  /// here.
  ///
  /// @throws IOException if that cannot be done, or `path` does not lie in the workspace: no
  ///   command can have made it. An [AtomicMoveNotSupportedException] if it stays where it is on
  ///   another file system
  void take(Path path) throws IOException {
    take(path, carries);
  }

  private void take(Path path, boolean carry) throws IOException {
    if (!path.startsWith(workspace) || path.equals(workspace)) {
      throw new IOException("\"%s\" does not lie in the workspace".formatted(path));
    }
    Path parent = path.getParent();
    if (parent == null || !parent.toRealPath().equals(parent)) {
      throw new IOException("\"%s\" changed while it was taken away".formatted(path));
    }
    Reopened.open(parent);
    // What changes its parent has to be writable itself, if it is a folder.
    Reopened.open(path);
    Files.createDirectories(folder);
    Path to = Files.createTempDirectory(folder, "");
    // A command that still runs could put a link in the place of a folder above it.
    try (GuardedFiles files = GuardedFiles.below(workspace)) {
      try {
        files.moveInto(path, to);
      } catch (AtomicMoveNotSupportedException e) {
        if (!carry) {
          Files.delete(to);
          throw e;
        }
        Carried.into(path, to, Carried.MOST_BYTES);
      }
    }
  }

  /// Remembers what could not be taken.
  void owe(List<Path> paths) throws IOException {
    if (paths.isEmpty()) {
      return;
    }
    StringBuilder entries = new StringBuilder().append('\0');
    for (Path path : paths) {
      entries.append(RawPath.written(workspace.relativize(path))).append('\0');
    }
    Files.writeString(
        owed,
        entries,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        StandardOpenOption.SYNC);
  }

  /// Takes what an earlier command left. Called before one runs.
  ///
  /// @throws WallException if some of it still cannot be taken: then nothing may run
  void retry() throws IOException {
    List<Path> left = new ArrayList<>();
    try (InputStream in = Files.newInputStream(owed)) {
      String entries = new String(in.readNBytes(MAX_OWED), StandardCharsets.UTF_8);
      for (String entry : entries.split("\0", -1)) {
        Path path = workspace.resolve(RawPath.read(entry)).normalize();
        if (path.startsWith(workspace) && !path.equals(workspace)) {
          left.add(path);
        }
      }
    } catch (NoSuchFileException e) {
      return;
    }
    for (Path path : left) {
      if (!Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
        takeAtLast(path);
      }
    }
    Files.delete(owed);
  }

  private void takeAtLast(Path path) throws WallException {
    try {
      // It was owed since an earlier command: a person may have written there.
      take(path, false);
    } catch (IOException e) {
      throw WallException.refused(
          "a command wrote \"%s\", which is protected and cannot be taken away: %s"
              .formatted(path, e.getMessage()),
          "remove it");
    }
  }
}
