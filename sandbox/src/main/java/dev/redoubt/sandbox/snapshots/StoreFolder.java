// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Where the states of one workspace lie: a folder of the data folder that only its owner can open.
///
/// The name is the last name of the workspace and sixteen digits of the SHA-256 of its real path.
/// Every file is written beside its place, forced to the disk and renamed.
///
/// @param path of the folder
/// @param workspace its real path
/// @param steps is told before each change
record StoreFolder(Path path, Path workspace, Steps steps) {

  private static final FileAttribute<?> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final int LONGEST_NAME = 40;

  /// Returns the folder of a workspace; nothing is created.
  static StoreFolder of(Path dataDir, Path workspace, Steps steps) {
    try {
      Path real = workspace.toRealPath();
      if (!Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
        throw new RedoubtException(
            ErrorCode.UNREADABLE, "the workspace \"%s\" is no folder".formatted(workspace));
      }
      if (real.getFileName() == null) {
        throw new RedoubtException(
            ErrorCode.UNREADABLE,
            "the root of the file system is not recorded: choose a smaller --workspace, or"
                + " --no-undo");
      }
      return new StoreFolder(
          dataDir.toAbsolutePath().normalize().resolve("snapshots").resolve(id(real)), real, steps);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "cannot open the workspace \"%s\"".formatted(workspace), e);
    }
  }

  private static String id(Path real) {
    StringBuilder name = new StringBuilder();
    for (char c : Names.of(real).toLowerCase(Locale.ROOT).toCharArray()) {
      name.append((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-');
    }
    name.setLength(Math.min(name.length(), LONGEST_NAME));
    byte[] path = Names.ofTarget(real).getBytes(StandardCharsets.US_ASCII);
    return name.append('-').append(Hash.of(path).hex(), 0, 16).toString();
  }

  /// Creates the folder and those in it.
  void create() throws IOException {
    steps.before("create the store");
    Path snapshots = path.getParent();
    if (snapshots != null && Files.notExists(snapshots)) {
      Path data = snapshots.getParent();
      if (data != null) {
        Files.createDirectories(data);
      }
      makeFolder(snapshots);
    }
    makeFolder(path);
    makeFolder(packs());
  }

  private static void makeFolder(Path folder) throws IOException {
    if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(folder, FOLDER);
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("\"%s\" is no folder".formatted(folder));
    }
  }

  Path packs() {
    return path.resolve("packs");
  }

  Path file(String name) {
    return path.resolve(name);
  }

  /// Opens a file of the store for its owner alone.
  static FileChannel open(Path file, StandardOpenOption... options) throws IOException {
    Set<OpenOption> all = new HashSet<>(Set.of(options));
    all.add(LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(file, all, FILE);
  }

  /// Puts `content` in place of what `name` held, in one step.
  void replace(String name, byte[] content) throws IOException {
    Path staged = file(name + ".new");
    steps.before("write " + name);
    try (FileChannel channel =
        open(
            staged,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      writeAll(channel, ByteBuffer.wrap(content));
      channel.force(true);
    }
    publish(staged, file(name));
  }

  /// Puts the finished file `staged` in the place `target`, for good.
  void publish(Path staged, Path target) throws IOException {
    steps.before("publish " + target.getFileName());
    Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceFolder(target);
  }

  /// Deletes a file of the store if it is there.
  void delete(Path file) throws IOException {
    steps.before("delete " + file.getFileName());
    Files.deleteIfExists(file);
    forceFolder(file);
  }

  static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// Returns the content of a file of the store.
  ///
  /// @throws IOException if it is longer than `most`
  static byte[] read(Path file, int most) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new IOException("\"%s\" is over %,d bytes".formatted(file, most));
      }
      return bytes;
    }
  }

  private static void forceFolder(Path of) {
    Path folder = requireNonNull(of.getParent(), "a file lies in a folder");
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Not every system can force a folder; the file itself is on the disk already.
    }
  }
}
