// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.guard.paths.ProtectedPlaces.Closing;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one look at a folder found.
///
/// @param stamp which folder it was, and when it was looked at
/// @param git the folder of git that it is or lies in, if that has another name than `.git`
/// @param names how many names it holds
/// @param below the folders in it that are to be looked at too
/// @param masks what is closed in it by its name; where a link leads is not among it
/// @param twins the files in it that have other names
record FolderLook(
    Stamp stamp,
    int names,
    @Nullable Path git,
    List<Visit> below,
    List<Mask> masks,
    List<Twin> twins) {

  FolderLook {
    below = List.copyOf(below);
    masks = List.copyOf(masks);
    twins = List.copyOf(twins);
  }

  /// Which folder, as it was at one time.
  ///
  /// @param at milliseconds since 1970, before it was read
  /// @param visit as part of what it was looked at: the same names are closed differently elsewhere
  record Stamp(Node folder, long at, Visit visit) {}

  /// One folder to look at.
  ///
  /// @param inherited how everything in it is closed
  /// @param origin whose files they are
  /// @param git the folder of git it lies in, if that has another name than `.git`
  record Visit(Path folder, Closing inherited, Origin origin, @Nullable Path git) {}

  /// Whose files lie in a folder.
  enum Origin {
    PROJECT,
    /// Published ones of other people: what they would have an editor or an agent obey, nobody
    /// does.
    PACKAGES
  }

  /// A name of a file that has other names.
  record Twin(Path path, Node node, Closing closing) {}

  /// Returns when one of its twins got another name at last.
  long newestTwin() {
    long newest = Long.MIN_VALUE;
    for (Twin twin : twins) {
      newest = Math.max(newest, twin.node().changed());
    }
    return newest;
  }
}
