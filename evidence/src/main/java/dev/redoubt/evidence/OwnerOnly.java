// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.evidence;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Makes files and folders that only their owner can read, where the system knows owners.
final class OwnerOnly {

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private OwnerOnly() {}

  static FileAttribute<?>[] file() {
    return attribute("rw-------");
  }

  static Set<OpenOption> options(OpenOption... options) {
    return Set.of(options);
  }

  static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, attribute("rwx------"));
    }
  }

  /// Returns whether anyone but the owner may read or write `file`.
  static boolean isOpenToOthers(Path file) throws IOException {
    if (!POSIX) {
      return false;
    }
    for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
      switch (permission) {
        case OWNER_READ, OWNER_WRITE, OWNER_EXECUTE -> {}
        case GROUP_READ, GROUP_WRITE, GROUP_EXECUTE, OTHERS_READ, OTHERS_WRITE, OTHERS_EXECUTE -> {
          return true;
        }
      }
    }
    return false;
  }

  /// Puts `bytes` at `target` in one step, durably.
  static void replace(Path target, byte[] bytes) throws IOException {
    Path folder = requireNonNull(target.toAbsolutePath().getParent(), "a file lies in a folder");
    Path staged = Files.createTempFile(folder, ".staged-", ".tmp", file());
    try {
      try (FileChannel channel = FileChannel.open(staged, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(staged);
    }
    forceFolder(folder);
  }

  static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Not every system can force a folder; the file itself is on the disk already.
    }
  }

  private static FileAttribute<?>[] attribute(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
