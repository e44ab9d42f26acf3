// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.worktrees;

import dev.redoubt.agent.sessions.SessionId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A worktree that is being made: a file that is locked as long as the process that makes it lives.
/// What nobody holds was interrupted.
final class Making implements AutoCloseable {

  private static final String LOCK = ".making";

  private final String id;
  private final Path file;
  private final FileChannel channel;

  private Making(String id, Path file, FileChannel channel) {
    this.id = id;
    this.file = file;
    this.channel = channel;
  }

  /// Says that the worktree `id` is being made.
  ///
  /// @param records an existing folder
  static Making of(Path records, String id) throws IOException {
    Path file = records.resolve(id + LOCK);
    while (true) {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        var _ = channel.lock();
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
      if (Files.exists(file)) {
        return new Making(id, file, channel);
      }
      // Another process took it for left over before it was locked.
      channel.close();
    }
  }

  /// Returns those that were begun and that nobody makes any more, held until they are closed.
  static List<Making> left(Path records) throws IOException {
    List<Making> left = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(records, "*" + LOCK)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        String id = name.substring(0, name.length() - LOCK.length());
        if (SessionId.isId(id)) {
          taken(id, file).ifPresent(left::add);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return left;
  }

  private static Optional<Making> taken(String id, Path file) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      if (channel.tryLock() != null && Files.exists(file)) {
        return Optional.of(new Making(id, file, channel));
      }
    } catch (OverlappingFileLockException e) {
      // It is being made in this process.
    }
    channel.close();
    return Optional.empty();
  }

  String id() {
    return id;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    channel.close();
  }
}
