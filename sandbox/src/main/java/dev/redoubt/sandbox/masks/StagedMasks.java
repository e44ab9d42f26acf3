// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.guard.paths.ProtectedPlaces.Closing;
import dev.redoubt.sandbox.masks.Mask.Kind;
import dev.redoubt.sandbox.staging.StagedView;
import dev.redoubt.sandbox.staging.StagingArea;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is closed over an overlay of staged writes.
public final class StagedMasks {

  private StagedMasks() {}

  /// Returns what of `masks` there is to close with the staged writes of `area`. The repositories
  /// themselves are closed besides: a commit is no write that can be applied.
  public static Masks over(StagingArea area, Masks masks) {
    StagedView view = new StagedView(area);
    List<Mask> there = new ArrayList<>();
    for (Mask mask : masks.workspace()) {
      if (mask.kind() != Kind.LINK && isThere(view, mask)) {
        there.add(mask);
      }
    }
    for (Path repository : masks.repositories()) {
      Path git = repository.resolve(".git");
      Kind kind = Files.isDirectory(git, LinkOption.NOFOLLOW_LINKS) ? Kind.FOLDER : Kind.FILE;
      Mask closed = new Mask(git, Closing.READ_ONLY, kind);
      if (isThere(view, closed)) {
        there.add(closed);
      }
    }
    return new Masks(there, masks.elsewhere(), masks.repositories(), masks.git());
  }

  private static boolean isThere(StagedView view, Mask mask) {
    Optional<Path> real = view.at(mask.path());
    return real.isPresent()
        && !Files.isSymbolicLink(real.get())
        && Files.isDirectory(real.get(), LinkOption.NOFOLLOW_LINKS) == (mask.kind() == Kind.FOLDER);
  }
}
