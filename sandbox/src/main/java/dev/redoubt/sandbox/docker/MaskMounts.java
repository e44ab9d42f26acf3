// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import dev.redoubt.guard.paths.ProtectedPlaces.Closing;
import dev.redoubt.sandbox.masks.Mask;
import dev.redoubt.sandbox.masks.Masks;
import dev.redoubt.sandbox.masks.StagedMasks;
import dev.redoubt.sandbox.staging.StagingArea;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What is closed in a workspace, as mounts over it.
///
/// A container keeps the mounts it was started with. A file that was replaced since, as editors do,
/// lies beside its mount and not below it any more: so the files themselves are compared, not only
/// their names.
///
/// @param mounts what is mounted over the workspace
/// @param covered what is closed by it, with the identity of what lay there
record MaskMounts(List<ContainerMount> mounts, Set<String> covered) {

  MaskMounts {
    mounts = List.copyOf(mounts);
    covered = Set.copyOf(covered);
  }

  /// Returns the mounts for `masks`, the folders of `workspace` on the way there among them.
  ///
  /// @param state where the two empty things are made that hide others
  static MaskMounts of(Masks masks, Path workspace, Path state) throws IOException {
    List<Mask> all = new ArrayList<>(masks.onTheWay(workspace));
    all.addAll(masks.workspace());
    return of(all, state);
  }

  private static MaskMounts of(List<Mask> masks, Path state) throws IOException {
    Path file = state.resolve("docker").resolve("empty-file");
    Path folder = state.resolve("docker").resolve("empty-folder");
    make(file, folder);
    List<ContainerMount> mounts = new ArrayList<>();
    Set<String> covered = new LinkedHashSet<>();
    for (Mask mask : strictest(masks)) {
      covered.add(identity(mask));
      String target = mask.path().toString();
      boolean isFolder = mask.kind() == Mask.Kind.FOLDER;
      mounts.add(
          switch (mask.closing()) {
            case OPEN -> throw new IllegalStateException("an open place is no mask");
            case HIDDEN -> readOnly(isFolder ? folder : file, target);
            case READ_ONLY -> readOnly(mask.path(), target);
            // A mount cannot be renamed or removed, and what lies in it can still change.
            case PINNED ->
                isFolder
                    ? new ContainerMount(mask.path(), target, ContainerMount.Mode.WRITABLE)
                    : readOnly(mask.path(), target);
          });
    }
    return new MaskMounts(mounts, covered);
  }

  /// Returns the mounts for `masks` over the staged writes of `area`.
  ///
  /// A folder is not pinned: a mount of it would lead past the overlay. Whoever renames it in the
  /// overlay takes nothing along that is applied without being judged.
  static MaskMounts over(StagingArea area, Masks masks, Path state) throws IOException {
    Masks over = StagedMasks.over(area, masks);
    List<Mask> closed =
        over.workspace().stream()
            .filter(mask -> mask.closing() != Closing.PINNED || mask.kind() != Mask.Kind.FOLDER)
            .toList();
    return of(closed, state);
  }

  /* A place can be closed for two reasons, and is mounted over once. */
  private static Collection<Mask> strictest(List<Mask> masks) {
    Map<Path, Mask> byPath = new TreeMap<>();
    for (Mask mask : masks) {
      if (mask.kind() != Mask.Kind.LINK) {
        byPath.merge(mask.path(), mask, (a, b) -> a.closing().compareTo(b.closing()) >= 0 ? a : b);
      }
    }
    return byPath.values();
  }

  /// Returns whether everything that `later` closes is closed by these too.
  boolean cover(MaskMounts later) {
    return covered.containsAll(later.covered());
  }

  private static ContainerMount readOnly(Path source, String target) {
    return new ContainerMount(source, target, ContainerMount.Mode.READ_ONLY);
  }

  private static String identity(Mask mask) {
    try {
      Object key =
          Files.readAttributes(mask.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey();
      return mask.closing() + " " + key + " " + mask.path();
    } catch (IOException e) {
      // It went away meanwhile: whatever comes in its place is another one.
      return mask.closing() + " gone " + mask.path();
    }
  }

  private static void make(Path file, Path folder) throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
    } catch (FileAlreadyExistsException e) {
      // From an earlier session.
    }
    try {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
    } catch (FileAlreadyExistsException e) {
      // From an earlier session.
    }
  }
}
