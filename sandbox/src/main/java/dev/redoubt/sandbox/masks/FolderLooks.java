// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.sandbox.masks.FolderLook.Visit;
import dev.redoubt.sandbox.masks.Node.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers what folders held, so that only those are read again in which a name came or went.
///
/// The kernel notes the time of every such change, and nobody can set it. The notes are as coarse
/// as some milliseconds, on old file systems a second: a folder that changed just before it was
/// read could change again without showing and is not remembered (git calls such a file racy).
/// Neither is anything on a file system with a clock of its own, such as one of the network. Safe
/// to share.
final class FolderLooks {

  /// The grain that every file system keeps to.
  static final long COARSEST = 2_500;

  private static final int MOST = 200_000;

  /* Their times come from this machine's clock. */
  private static final Set<String> LOCAL =
      Set.of("ext3", "ext4", "xfs", "btrfs", "tmpfs", "overlay", "zfs", "f2fs", "bcachefs");

  private final Map<Path, FolderLook> known = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final long grain;
  private final Optional<Long> device;

  private FolderLooks(InstantSource clock, long grain, Optional<Long> device) {
    this.clock = clock;
    this.grain = grain;
    this.device = device;
  }

  /// Returns the memory of the file system of `workspace`, which remembers nothing of others.
  ///
  /// @param grain milliseconds that may lie between a change and the time noted for it
  static FolderLooks of(Path workspace, InstantSource clock, long grain) throws IOException {
    boolean local = LOCAL.contains(Files.getFileStore(workspace).type());
    Identity identity = Node.of(workspace).identity();
    return new FolderLooks(
        clock,
        grain,
        local && !identity.equals(Identity.UNKNOWN)
            ? Optional.of(identity.device())
            : Optional.empty());
  }

  /// Returns how coarse the noted times may be, in milliseconds.
  long grain() {
    return grain;
  }

  /// Returns now, as [FolderLook.Stamp] has it.
  long now() {
    return clock.millis();
  }

  /// Returns what the folder of `visit` holds, if nothing in it changed since it was read as part
  /// of the same, and that was not before `since`.
  Optional<FolderLook> last(Visit visit, Node now, long since) {
    FolderLook look = known.get(visit.folder());
    return look != null
            && look.stamp().folder().equals(now)
            && look.stamp().visit().equals(visit)
            && look.stamp().at() >= since
        ? Optional.of(look)
        : Optional.empty();
  }

  /// Remembers `look`, if a later change would show.
  void keep(Path folder, FolderLook look) {
    Node node = look.stamp().folder();
    boolean ours = device.isPresent() && device.get() == node.identity().device();
    if (!ours || look.stamp().at() - node.changed() < grain) {
      known.remove(folder);
      return;
    }
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(folder, look);
  }
}
