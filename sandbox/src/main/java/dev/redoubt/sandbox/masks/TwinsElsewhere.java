// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.guard.paths.ProtectedPlaces;
import dev.redoubt.guard.paths.ProtectedPlaces.Closing;
import dev.redoubt.sandbox.masks.Mask.Kind;
import dev.redoubt.sandbox.masks.Node.Identity;
import dev.redoubt.sandbox.wall.Enclosure;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the closed files outside a workspace that have more than one name, one of which may lie in
/// it: of the home what the table of places writes out or what is closed right in it, of the
/// machine what is masked there.
final class TwinsElsewhere {

  /* A home has profiles of browsers with a great many files. */
  private static final int MOST = 200_000;

  private final ProtectedPlaces places;
  private final Map<Identity, Closing> found = new HashMap<>();
  private int seen;

  TwinsElsewhere(ProtectedPlaces places) {
    this.places = places;
  }

  /// Returns them, as far as this user may look.
  Map<Identity, Closing> of(Enclosure enclosure, List<Mask> masked) {
    descend(enclosure.home(), enclosure.workspace());
    for (Mask mask : masked) {
      if (mask.kind() == Kind.FILE) {
        look(mask.path(), mask.closing(), enclosure.workspace());
      }
    }
    return Map.copyOf(found);
  }

  private void descend(Path folder, Path workspace) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        look(entry, places.at(entry.toString()), workspace);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Closed to this user, who could give nothing in it another name.
    }
  }

  private void look(Path path, Closing closing, Path workspace) {
    if (++seen > MOST || path.equals(workspace)) {
      return;
    }
    Node node;
    try {
      node = Node.of(path);
    } catch (IOException e) {
      return;
    }
    if (node.isShared() && closing != Closing.OPEN) {
      found.merge(node.identity(), closing, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }
    if (node.kind() == Kind.FOLDER
        && (closing != Closing.OPEN || places.mayHoldHidden(path.toString()))) {
      descend(path, workspace);
    }
  }
}
