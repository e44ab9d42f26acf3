// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.paths.ProtectedPlaces.Closing;
import dev.redoubt.sandbox.masks.Mask.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What is closed of one machine, as it was when it was looked at.
///
/// @param workspace what is closed in the workspace, folders before what lies in them
/// @param elsewhere what is hidden outside of it, among what stays visible
/// @param repositories the folders of the workspace that hold a `.git` of their own
/// @param git what git takes for its own there, whatever it is called
public record Masks(
    List<Mask> workspace, List<Mask> elsewhere, List<Path> repositories, GitPlaces git) {

  public Masks {
    workspace = List.copyOf(workspace);
    elsewhere = List.copyOf(elsewhere);
    repositories = List.copyOf(repositories);
    requireNonNull(git, "git");
  }

  /// Returns the folders of `workspace` on the way to what is closed, pinned, parents first: one
  /// that could be renamed would take what is protected along. A folder in one that is closed is
  /// none of them: it cannot be renamed, and a mount of it could be written.
  public List<Mask> onTheWay(Path workspace) {
    Set<Path> closed = new HashSet<>();
    for (Mask mask : workspace()) {
      if (mask.kind() == Kind.FOLDER && mask.closing().compareTo(Closing.PINNED) > 0) {
        closed.add(mask.path());
      }
    }
    Set<Path> folders = new TreeSet<>();
    for (Mask mask : workspace()) {
      List<Path> way = new ArrayList<>();
      Path folder = mask.path().getParent();
      while (folder != null && folder.startsWith(workspace) && !folder.equals(workspace)) {
        if (closed.contains(folder)) {
          way.clear();
        } else {
          way.add(folder);
        }
        folder = folder.getParent();
      }
      folders.addAll(way);
    }
    return folders.stream().map(path -> new Mask(path, Closing.PINNED, Kind.FOLDER)).toList();
  }
}
