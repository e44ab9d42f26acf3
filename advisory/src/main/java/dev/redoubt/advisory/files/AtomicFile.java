// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.files;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A file that is complete on disk under a name of its own and takes its place in one step.
///
/// Whoever opened or mapped the file that stood there before keeps it. Until [#publish()] nothing
/// changes; [#close()] removes what was never published.
public final class AtomicFile implements AutoCloseable {

  private final Path staged;
  private final Path target;
  private boolean published;

  private AtomicFile(Path staged, Path target) {
    this.staged = staged;
    this.target = target;
  }

  /// Writes `parts` beside `target` and forces them to the disk.
  public static AtomicFile stage(Path target, List<ByteBuffer> parts) {
    AtomicFile file = null;
    try {
      Path folder = folderOf(target);
      Files.createDirectories(folder);
      Path staged = Files.createTempFile(folder, ".staged-", ".tmp");
      file = new AtomicFile(staged, target);
      try (FileChannel channel = FileChannel.open(staged, StandardOpenOption.WRITE)) {
        for (ByteBuffer part : parts) {
          while (part.hasRemaining()) {
            channel.write(part);
          }
        }
        channel.force(true);
      }
      return file;
    } catch (IOException e) {
      if (file != null) {
        file.close();
      }
      throw unwritable(target, e);
    }
  }

  /// Puts the file in its place.
  public void publish() {
    try {
      Files.move(
          staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      published = true;
      forceFolder(folderOf(target));
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  @Override
  public void close() {
    if (!published) {
      try {
        Files.deleteIfExists(staged);
      } catch (IOException e) {
        // The temporary file stays behind; it has a name that nothing reads.
      }
    }
  }

  private static Path folderOf(Path target) {
    return requireNonNull(target.toAbsolutePath().getParent(), "a file lies in a folder");
  }

  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Not every system can force a folder; the file itself is on the disk already.
    }
  }

  private static RedoubtException unwritable(Path target, IOException cause) {
    return new RedoubtException(
        ErrorCode.UNWRITABLE,
        "cannot write \"%s\": %s: make room or choose another --data-dir"
            .formatted(target, RedoubtException.reason(cause)),
        cause);
  }
}
