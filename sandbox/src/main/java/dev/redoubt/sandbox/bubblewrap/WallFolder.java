// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.bubblewrap;

import dev.redoubt.sandbox.files.GuardedFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The folder of one wall for what its commands need, below Redoubt's own.
///
/// It is locked while the wall stands. That of a Redoubt that was killed is not, and is taken away
/// with its control groups by the next one.
final class WallFolder implements AutoCloseable {

  private static final String PREFIX = "wall-";
  private static final String LOCK = "held.lock";

  /* A lock of a file belongs to the process and goes with any of its descriptors. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel held;

  private WallFolder(Path path, FileChannel held) {
    this.path = path;
    this.held = held;
  }

  /// Returns a new one below `parent`, after taking away what was left there.
  static WallFolder in(Path parent) throws IOException {
    synchronized (OWN) {
      try (FileChannel all = open(parent.resolve("walls.lock"));
          FileLock _ = all.lock()) {
        sweep(parent);
        Path path = Files.createTempDirectory(parent, PREFIX);
        FileChannel held = open(path.resolve(LOCK));
        var _ = held.lock();
        OWN.add(path);
        return new WallFolder(path, held);
      }
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void sweep(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (!OWN.contains(folder) && Files.isDirectory(folder)) {
          sweepOne(folder);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static void sweepOne(Path folder) throws IOException {
    try (FileChannel held = open(folder.resolve(LOCK));
        FileLock nobody = held.tryLock()) {
      if (nobody == null || !ControlGroup.removeAll(folder)) {
        return;
      }
    }
    try (GuardedFiles files = GuardedFiles.below(Path.of("/"))) {
      files.deleteAll(folder.toRealPath());
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    held.close();
    OWN.remove(path);
    Files.deleteIfExists(path.resolve(LOCK));
    Files.deleteIfExists(path.resolve(ControlGroup.PARENTS));
    Files.deleteIfExists(path);
  }
}
