// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.files.GuardedChanges;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Takes over on this machine what changed on the far one. What changed here in the meantime is not
/// touched, and no link is followed.
final class Landing {

  private static final Set<PosixFilePermission> RUNNING =
      Set.of(
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final NearTree near;
  private final FarTree far;

  Landing(NearTree near, FarTree far) {
    this.near = requireNonNull(near, "near");
    this.far = requireNonNull(far, "far");
  }

  /// @param changes in the order of their paths
  /// @param done is told what was taken over
  /// @param told is told what was not
  void take(List<Change> changes, Consumer<Change> done, Consumer<SyncNotice> told)
      throws IOException, InterruptedException {
    if (changes.isEmpty()) {
      return;
    }
    try (GuardedChanges hand = GuardedChanges.below(near.workspace(), NearTree.ARRIVING)) {
      Pass pass = new Pass(hand, done, told);
      for (Change change : changes.reversed()) {
        pass.clear(change);
      }
      for (Change change : changes) {
        pass.put(change);
      }
      if (!pass.awaited.isEmpty()) {
        far.fetch(List.copyOf(pass.awaited.keySet()), pass::arrive);
      }
    }
  }

  private final class Pass {
    private final GuardedChanges hand;
    private final Consumer<Change> done;
    private final Consumer<SyncNotice> told;
    private final TreeMap<String, Change> awaited = new TreeMap<>();
    private final Set<String> skipped = new HashSet<>();
    private final Set<String> cleared = new HashSet<>();

    Pass(GuardedChanges hand, Consumer<Change> done, Consumer<SyncNotice> told) {
      this.hand = hand;
      this.done = done;
      this.told = told;
    }

    /// Deletes what goes, from within.
    void clear(Change change) {
      boolean goes = change.to() == null;
      boolean folder =
          change.from() instanceof TreeEntry.Folder || change.to() instanceof TreeEntry.Folder;
      boolean replaced = !goes && change.from() != null && folder;
      if (!goes && !replaced) {
        return;
      }
      attempt(
          change,
          () -> {
            Path real = near.workspace().resolve(change.path());
            if (change.from() instanceof TreeEntry.Folder) {
              hand.deleteFolder(real);
            } else if (change.from() != null) {
              hand.deleteFile(real);
            }
            cleared.add(change.path());
            if (goes) {
              done.accept(change);
            }
          });
    }

    /// Makes what needs no content, and notes what does.
    void put(Change change) {
      if (change.to() == null || skipped.contains(change.path())) {
        return;
      }
      Path real = near.workspace().resolve(change.path());
      switch (change.to()) {
        case TreeEntry.Folder _ ->
            attempt(
                change,
                () -> {
                  hand.createFolder(real);
                  hand.setPermissions(real, PosixFilePermissions.fromString("rwxr-xr-x"));
                  done.accept(change);
                });
        case TreeEntry.Link(String target) ->
            attempt(
                change,
                () -> {
                  hand.putLink(real, Path.of(target));
                  done.accept(change);
                });
        case TreeEntry.File(String sha256, boolean program) -> {
          if (change.from() instanceof TreeEntry.File(String here, boolean _)
              && here.equals(sha256)) {
            attempt(
                change,
                () -> {
                  hand.setPermissions(real, permissions(real, program));
                  done.accept(change);
                });
          } else {
            awaited.put(change.path(), change);
          }
        }
      }
    }

    void arrive(String path, InputStream content) {
      Change change = awaited.get(path);
      if (change != null && change.to() instanceof TreeEntry.File file) {
        attempt(
            change,
            () -> {
              Path real = near.workspace().resolve(path);
              Set<PosixFilePermission> permissions = permissions(real, file.program());
              hand.putFile(real, out -> copy(content, out, file), permissions, null);
              done.accept(change);
            });
      }
    }

    private void attempt(Change change, Attempt attempt) {
      String path = change.path();
      try {
        boolean asSeen = cleared.contains(path) || Objects.equals(near.at(path), change.from());
        if (asSeen) {
          attempt.run();
          return;
        }
        told.accept(new SyncNotice.Conflict(path));
      } catch (DirectoryNotEmptyException e) {
        // Something was put into it meanwhile; the next round sees that.
      } catch (IOException e) {
        told.accept(
            new SyncNotice.Refused(
                path, "it cannot be written here: " + RedoubtException.reason(e)));
      }
      skipped.add(path);
    }
  }

  private interface Attempt {
    void run() throws IOException;
  }

  private static void copy(InputStream from, java.io.OutputStream to, TreeEntry.File file)
      throws IOException {
    DigestInputStream in = new DigestInputStream(from, NearTree.sha256());
    in.transferTo(to);
    if (!HexFormat.of().formatHex(in.getMessageDigest().digest()).equals(file.sha256())) {
      throw new IOException("it changed while it was fetched");
    }
  }

  /* Those of the file it replaces: a private file stays private. */
  private static Set<PosixFilePermission> permissions(Path real, boolean program)
      throws IOException {
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw-r--r--");
    if (Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
      permissions = Files.getPosixFilePermissions(real, LinkOption.NOFOLLOW_LINKS);
    }
    Set<PosixFilePermission> adjusted = new HashSet<>(permissions);
    adjusted.removeAll(RUNNING);
    if (program) {
      adjusted.add(PosixFilePermission.OWNER_EXECUTE);
      if (permissions.contains(PosixFilePermission.GROUP_READ)) {
        adjusted.add(PosixFilePermission.GROUP_EXECUTE);
      }
      if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
        adjusted.add(PosixFilePermission.OTHERS_EXECUTE);
      }
    }
    return adjusted;
  }
}
