// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.files.GuardedFiles;
import dev.redoubt.sandbox.files.Listing;
import dev.redoubt.sandbox.files.Replacement;
import dev.redoubt.sandbox.ssh.KnownHashes.Stamp;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The folder of the work on this machine, read without following a link.
final class NearTree {

  /// What the private folder is called in which arriving files are written.
  static final String ARRIVING = ".redoubt-arriving";

  private final Path workspace;
  private final Passage passage;
  private final SyncLimits limits;
  private final KnownHashes hashes;

  /// @param hashes of the files here, from earlier looks
  NearTree(Path workspace, Passage passage, SyncLimits limits, KnownHashes hashes) {
    this.hashes = requireNonNull(hashes, "hashes");
    this.workspace = requireNonNull(workspace, "workspace");
    this.passage = requireNonNull(passage, "passage");
    this.limits = requireNonNull(limits, "limits");
  }

  Path workspace() {
    return workspace;
  }

  /// What was seen.
  ///
  /// @param leftOut what does not go to the far machine
  record Seen(Tree tree, List<SyncNotice> leftOut) {}

  /// Returns what lies there now.
  ///
  /// @throws WallException if it is more than is kept the same
  Seen look() throws IOException {
    try (GuardedFiles files = GuardedFiles.below(workspace)) {
      Look look = new Look(files);
      look.folder(workspace, "");
      hashes.keep();
      return new Seen(new Tree(look.entries, look.unknown, true), List.copyOf(look.leftOut));
    }
  }

  /// Returns what lies at `path` now; null when nothing does.
  @Nullable TreeEntry at(String path) throws IOException {
    Path real = workspace.resolve(path);
    try (GuardedFiles files = GuardedFiles.below(workspace)) {
      PosixFileAttributes attributes = attributes(real);
      if (attributes.isDirectory()) {
        return new TreeEntry.Folder();
      }
      return attributes.isSymbolicLink()
          ? new TreeEntry.Link(Files.readSymbolicLink(real).toString())
          : file(files, real, attributes);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /// Writes the files, folders and links of `changes` to `tar`, as far as they still are what was
  /// seen.
  void send(List<Change> changes, TarWriter tar) throws IOException {
    try (GuardedFiles files = GuardedFiles.below(workspace)) {
      for (Change change : changes) {
        switch (change.to()) {
          case TreeEntry.Folder _ -> tar.folder(change.path());
          case TreeEntry.Link(String target) -> tar.link(change.path(), target);
          case TreeEntry.File file -> send(files, change.path(), file, tar);
          case null -> {}
        }
      }
      tar.end();
    }
  }

  private void send(GuardedFiles files, String path, TreeEntry.File file, TarWriter tar)
      throws IOException {
    Path real = workspace.resolve(path);
    try (SeekableByteChannel channel = files.read(real)) {
      long modified = attributes(real).lastModifiedTime().toMillis() / 1000;
      tar.file(path, file.program(), modified, channel.size(), Channels.newInputStream(channel));
    }
  }

  private static PosixFileAttributes attributes(Path real) throws IOException {
    return Files.readAttributes(real, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private TreeEntry.File seen(GuardedFiles files, String path, Path real) throws IOException {
    PosixFileAttributes attributes = attributes(real);
    Optional<Stamp> stamp = stamp(real);
    Optional<String> known = stamp.flatMap(found -> hashes.hash(path, found));
    if (known.isPresent()) {
      return new TreeEntry.File(known.get(), isProgram(attributes));
    }
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    TreeEntry.File file = file(files, real, attributes);
    stamp.ifPresent(found -> hashes.learn(path, found, file.sha256(), now));
    return file;
  }

  /* Empty where the file system has no inodes. */
  private static Optional<Stamp> stamp(Path real) throws IOException {
    Map<String, Object> said;
    try {
      said =
          Files.readAttributes(
              real, "unix:ino,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return Optional.empty();
    }
    return said.get("lastModifiedTime") instanceof FileTime modified
            && said.get("ctime") instanceof FileTime changed
        ? Optional.of(
            new Stamp(
                "%s:%s:%d:%d"
                    .formatted(
                        said.get("ino"),
                        said.get("size"),
                        modified.to(TimeUnit.NANOSECONDS),
                        changed.to(TimeUnit.NANOSECONDS)),
                changed.to(TimeUnit.NANOSECONDS)))
        : Optional.empty();
  }

  private static boolean isProgram(PosixFileAttributes attributes) {
    return attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
  }

  private static TreeEntry.File file(GuardedFiles files, Path real, PosixFileAttributes attributes)
      throws IOException {
    try (SeekableByteChannel channel = files.read(real)) {
      MessageDigest digest = sha256();
      ByteBuffer chunk = ByteBuffer.allocate(32 << 10);
      while (channel.read(chunk) >= 0) {
        digest.update(chunk.flip());
        chunk.clear();
      }
      return new TreeEntry.File(HexFormat.of().formatHex(digest.digest()), isProgram(attributes));
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private final class Look {
    private final GuardedFiles files;
    private final TreeMap<String, TreeEntry> entries = new TreeMap<>();
    private final Set<String> unknown = new TreeSet<>();
    private final List<SyncNotice> leftOut = new java.util.ArrayList<>();

    Look(GuardedFiles files) {
      this.files = files;
    }

    void folder(Path folder, String prefix) throws IOException {
      Listing listing = files.list(folder);
      if (!listing.complete()) {
        throw tooMuch("\"%s\" has too many files".formatted(folder));
      }
      for (Listing.Entry entry : listing.entries()) {
        if (prefix.isEmpty() && entry.name().equals(ARRIVING)) {
          continue;
        }
        if (entry.kind() == Listing.Kind.FILE && Replacement.isLeftOver(entry.name())) {
          continue;
        }
        String path = prefix + entry.name();
        Optional<String> mistake = passage.mistake(path);
        if (mistake.isPresent()) {
          leaveOut(path, mistake.get());
        } else {
          entry(folder.resolve(entry.name()), path, entry);
        }
      }
    }

    private void entry(Path real, String path, Listing.Entry entry) throws IOException {
      if (entries.size() >= limits.entries()) {
        throw tooMuch("the workspace has more than %d files".formatted(limits.entries()));
      }
      if (entry.kind() == Listing.Kind.FOLDER) {
        entries.put(path, new TreeEntry.Folder());
        folder(real, path + "/");
        return;
      }
      Optional<String> reason =
          switch (entry.kind()) {
            case SPECIAL -> Optional.of("it is a device, pipe or socket");
            case FILE ->
                entry.size() > limits.fileBytes()
                    ? Optional.of("it has more than %d bytes".formatted(limits.fileBytes()))
                    : passage.staysHere(path);
            case LINK, FOLDER -> passage.staysHere(path);
          };
      if (reason.isPresent()) {
        leaveOut(path, reason.get());
      } else {
        readable(real, path, entry.kind());
      }
    }

    private void readable(Path real, String path, Listing.Kind kind) {
      try {
        if (kind == Listing.Kind.FILE) {
          entries.put(path, seen(files, path, real));
          return;
        }
        String target = Files.readSymbolicLink(real).toString();
        if (target.chars().anyMatch(c -> c < ' ')) {
          leaveOut(path, "it leads to a name that machines read in different ways");
        } else {
          entries.put(path, new TreeEntry.Link(target));
        }
      } catch (NoSuchFileException e) {
        unknown.add(path);
      } catch (IOException e) {
        leaveOut(path, "it cannot be read");
      }
    }

    private void leaveOut(String path, String reason) {
      unknown.add(path);
      leftOut.add(new SyncNotice.LeftOut(path, reason));
    }

    private static WallException tooMuch(String reason) {
      return WallException.cannotStart(
          reason + ", which is more than is kept the same on another machine",
          "choose a smaller workspace, or another sandbox");
    }
  }
}
