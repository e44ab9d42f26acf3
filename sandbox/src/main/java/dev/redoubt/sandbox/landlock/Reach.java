// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.landlock;

import dev.redoubt.sandbox.kernel.LandlockRules.Place;
import dev.redoubt.sandbox.kernel.LandlockRules.Presence;
import dev.redoubt.sandbox.kernel.LandlockRules.Right;
import dev.redoubt.sandbox.masks.Mask;
import dev.redoubt.sandbox.masks.MaskFinder;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.Enclosure.Exits;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The places a command may touch, as a list of what is allowed.
///
/// What is to stay closed can only be left out, so a folder that has something closed below it is
/// replaced by all it holds besides: it cannot be listed itself, and what appears in it later is
/// closed.
final class Reach {

  private static final Path ROOT = Path.of("/");
  private static final List<String> DEVICES =
      List.of("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom");

  private final List<Place> places = new ArrayList<>();
  private final Set<Path> closed = new HashSet<>();
  /* All folders above what is closed. */
  private final Set<Path> parted = new HashSet<>();

  private Reach() {}

  /// Returns the places of `enclosure`, as they are now.
  ///
  /// @param own the folder of the wall that a command may write too
  static List<Place> of(Enclosure enclosure, MaskFinder finder, Path own) {
    Reach reach = new Reach();
    finder.elsewhere().stream().map(Mask::path).forEach(reach::close);
    reach.close(enclosure.state());
    finder.visible().kept().forEach(reach::close);
    reach.close(Path.of("/dev"));
    List<Path> tools = finder.visible().tools();
    for (Path tool : tools) {
      reach.readTool(tool, finder.visible().emptied());
    }
    finder.visible().emptied().forEach(reach::close);
    reach.readBelow(ROOT);
    DEVICES.forEach(
        name -> reach.places.add(new Place(Path.of(name), Right.USE_DEVICE, Presence.OPTIONAL)));
    reach.places.add(new Place(enclosure.workspace(), Right.WRITE, Presence.REQUIRED));
    reach.places.add(new Place(own, Right.WRITE, Presence.REQUIRED));
    for (Enclosure.Mount mount : enclosure.mounts()) {
      Right right = mount.mode() == Enclosure.Mount.Mode.WRITABLE ? Right.WRITE : Right.READ;
      reach.places.add(new Place(mount.source(), right, Presence.REQUIRED));
    }
    if (enclosure.exits() instanceof Exits.Proxy proxy) {
      proxy
          .trust()
          .ifPresent(folder -> reach.places.add(new Place(folder, Right.READ, Presence.REQUIRED)));
    }
    return List.copyOf(reach.places);
  }

  private void close(Path path) {
    closed.add(path);
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      parted.add(above);
    }
  }

  private void readTool(Path tool, List<Path> emptied) {
    try {
      Path real = tool.toRealPath();
      boolean wide = emptied.stream().anyMatch(folder -> folder.startsWith(real));
      if (!wide && closed.stream().noneMatch(real::startsWith)) {
        read(real);
      }
    } catch (IOException e) {
      // It went away, or this user may not look.
    }
  }

  private void read(Path path) {
    // What a link leads to is a place of its own or none.
    if (closed.contains(path) || Files.isSymbolicLink(path)) {
      return;
    }
    if (parted.contains(path)) {
      readBelow(path);
    } else {
      places.add(new Place(path, Right.READ, Presence.OPTIONAL));
    }
  }

  private void readBelow(Path folder) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        read(entry);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Closed to this user, and so to every command.
    }
  }
}
