// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.guard.paths.ProtectedPlaces;
import dev.redoubt.guard.paths.ProtectedPlaces.Closing;
import java.nio.file.Path;
import java.util.List;

/// What git takes for its own in a workspace and what its settings name there.
///
/// @param dotted the folders called `.git`
/// @param others the folders of git that have another name
/// @param named what the settings of the repositories name: folders of hooks, files of settings;
///   need not exist
/// @param masks what is closed besides what the walk found
/// @param absent what has to be there so that a wall can close it, whether or not it is
public record GitPlaces(
    List<Path> dotted, List<Path> others, List<Path> named, List<Mask> masks, List<Absent> absent) {

  /// No git at all.
  static final GitPlaces NONE =
      new GitPlaces(List.of(), List.of(), List.of(), List.of(), List.of());

  public GitPlaces {
    dotted = List.copyOf(dotted);
    others = List.copyOf(others);
    named = List.copyOf(named);
    masks = List.copyOf(masks);
    absent = List.copyOf(absent);
  }

  /// Returns `path`, which is or lies in the folder of git `git`, as it would be called in a
  /// `.git`.
  static Path asNamed(Path git, Path path) {
    return git.resolve(".git").resolve(git.relativize(path)).normalize();
  }

  /// Returns whether `folder` is one of git's own.
  boolean holds(Path folder) {
    return dotted.contains(folder) || others.contains(folder);
  }

  /// Returns how `path` is closed because it lies in a folder of git of another name, or because
  /// settings name it.
  Closing at(ProtectedPlaces places, Path path) {
    Closing strictest = Closing.OPEN;
    for (Path git : others) {
      if (path.startsWith(git) && !path.equals(git)) {
        Closing closing = places.at(asNamed(git, path).toString());
        strictest = closing.compareTo(strictest) > 0 ? closing : strictest;
      }
    }
    boolean obeyed = strictest == Closing.OPEN && named.stream().anyMatch(path::startsWith);
    return obeyed ? Closing.READ_ONLY : strictest;
  }

  /// Returns whether git obeys or runs what lies at `path` because of the folder it is in, one of
  /// another name.
  boolean isObeyed(ProtectedPlaces places, Path path) {
    for (Path git : others) {
      if (path.startsWith(git)
          && !path.equals(git)
          && places.isObeyed(asNamed(git, path).toString())) {
        return true;
      }
    }
    return false;
  }
}
