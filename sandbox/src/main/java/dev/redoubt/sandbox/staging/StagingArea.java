// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.staging;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Content;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Where the staged writes of one workspace lie: a folder of the data folder that only its owner
/// can open.
///
/// `upper` is the upper layer of an overlay over the workspace, `work` the kernel's own folder for
/// it, and `lower` a link to the workspace, so that no path has to be spelled in the options of a
/// mount. One at a time works in it: see [#hold].
public final class StagingArea {

  private static final FileAttribute<?> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /// What to do about an objection.
  public static final String FIX =
      "keep Redoubt's data on ext4, xfs, btrfs or tmpfs: --data-dir DIR";

  private static final List<String> WITHOUT_OVERLAYS =
      List.of("overlay", "aufs", "nfs", "cifs", "smb", "9p", "fuse", "vfat", "msdos", "exfat");

  /* A lock of a file belongs to the process: within one, this table says what is held. */
  private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

  private final Path workspace;
  private final Path all;
  private final Path folder;
  private final AtomicBoolean mounted = new AtomicBoolean();

  private StagingArea(Path workspace, Path all) {
    this.workspace = workspace;
    this.all = all;
    String id = Content.of(workspace.toString()).sha256().substring(0, 32);
    this.folder = all.resolve(id);
  }

  /// Returns the area of `workspace`; nothing is created.
  ///
  /// @param dataDir where Redoubt keeps its data
  /// @param workspace a real path
  public static StagingArea of(Path dataDir, Path workspace) {
    requireNonNull(workspace, "workspace");
    return new StagingArea(workspace, dataDir.toAbsolutePath().normalize().resolve("staging"));
  }

  /// Returns the workspace whose writes these are.
  public Path workspace() {
    return workspace;
  }

  /// Returns the folder that holds everything.
  public Path folder() {
    return folder;
  }

  /// Returns the folder with what was written.
  public Path upper() {
    return folder.resolve("upper");
  }

  /// Returns a folder of the same file system for what is made and then moved into the upper one.
  public Path spare() {
    return folder.resolve("spare");
  }

  /// Returns whether anything was ever staged and not applied or discarded since.
  public boolean holdsAnything() throws IOException {
    return Files.isDirectory(upper(), LinkOption.NOFOLLOW_LINKS)
        && !Upper.children(upper()).isEmpty();
  }

  /// Returns why no overlay can lie where `dataDir` lies, if so. Only looks.
  public static Optional<String> objection(Path dataDir) {
    Path there = dataDir.toAbsolutePath().normalize();
    while (!Files.isDirectory(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      String type = Files.getFileStore(there).type().toLowerCase(Locale.ROOT);
      return WITHOUT_OVERLAYS.stream().noneMatch(type::startsWith)
          ? Optional.empty()
          : Optional.of(
              "staged writes cannot lie on the file system \"%s\" of \"%s\""
                  .formatted(type, there));
    } catch (IOException e) {
      return Optional.of(
          "\"%s\" cannot be looked at: %s".formatted(there, RedoubtException.reason(e)));
    }
  }

  /// Says that the overlay is mounted from now on, until [#unmounted].
  ///
  /// @return whether it was not mounted before
  public boolean mounted() {
    return mounted.compareAndSet(false, true);
  }

  /// Says that the overlay is mounted no more.
  public void unmounted() {
    mounted.set(false);
  }

  /// Returns whether a command has the overlay mounted: what is changed below it now it may not
  /// see.
  public boolean isMounted() {
    return mounted.get();
  }

  /// The right to work in an area.
  public static final class Held implements Closeable {
    private final Path file;
    private final FileChannel channel;

    private Held(Path file, FileChannel channel) {
      this.file = file;
      this.channel = channel;
    }

    @Override
    public void close() throws IOException {
      try {
        channel.close();
      } finally {
        HELD.remove(file);
      }
    }
  }

  /// Takes the area for one, making it when there is none.
  ///
  /// @param what is going to be done, for others who find it taken
  /// @throws RedoubtException if somebody else has it
  public Held hold(String what) throws IOException {
    prepare();
    Path file = folder.resolve("lock");
    String holder = "process %d (%s)".formatted(ProcessHandle.current().pid(), what);
    String other = HELD.putIfAbsent(file, holder);
    if (other != null) {
      throw busy(other);
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw busy(holder(file));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
      taken = true;
      return new Held(file, channel);
    } finally {
      if (!taken) {
        HELD.remove(file);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private static String holder(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate(2_000);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      String said = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
      return said.isEmpty() ? "another process" : said;
    }
  }

  private RedoubtException busy(String holder) {
    return new RedoubtException(
        ErrorCode.UNWRITABLE,
        "the staged writes of \"%s\" are in use by %s: try again when that is done"
            .formatted(workspace, holder));
  }

  private void prepare() throws IOException {
    if (folder.startsWith(workspace)) {
      throw new RedoubtException(
          ErrorCode.USAGE,
          "Redoubt's data lie in the workspace \"%s\", so its writes cannot be staged: name another --data-dir"
              .formatted(workspace));
    }
    if (!Files.isDirectory(all, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(all, OWNER);
    }
    for (Path made :
        List.of(folder, folder.resolve("work"), folder.resolve("work-docker"), spare())) {
      make(made);
    }
    if (!Files.isDirectory(upper(), LinkOption.NOFOLLOW_LINKS)) {
      make(upper());
    }
    // The overlay shows its owner and mode as those of the workspace.
    for (String name : List.of("unix:uid", "unix:gid", "posix:permissions")) {
      Object wanted = Files.getAttribute(workspace, name);
      if (!wanted.equals(Files.getAttribute(upper(), name))) {
        Files.setAttribute(upper(), name, wanted);
      }
    }
    Path lower = folder.resolve("lower");
    if (!Files.isSymbolicLink(lower) || !Files.readSymbolicLink(lower).equals(workspace)) {
      Files.deleteIfExists(lower);
      Files.createSymbolicLink(lower, workspace);
    }
  }

  private static void make(Path made) throws IOException {
    if (!Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(made, OWNER);
    }
  }
}
