// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.guard.Content;
import dev.redoubt.sandbox.wall.WallException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What was there before a command began, in a file that is locked as long as its Redoubt lives.
///
/// One that is not locked is of a Redoubt that was killed, or that could not finish: what its
/// command left has still to be taken away.
final class Begun {

  private static final String END = ".begun";
  private static final String FORM = "redoubt-begun 1 ";
  private static final int LONGEST_HEAD = 200;
  private static final int MOST = 64 << 20;

  /* Closing any channel of a file lets go of every lock this process has on it. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private Begun(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  private static String start(Path workspace) {
    return Content.of(workspace.toString()).sha256().substring(0, 32) + ".";
  }

  /// Writes `text` for a command that is about to begin in `workspace`.
  ///
  /// @param folder where such files lie
  /// @throws WallException if it is too long
  static Begun write(Path folder, Path workspace, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    if (content.length > MOST) {
      throw WallException.refused(
          "too many protected places lie in the workspace to remember them all",
          "work in a folder of it");
    }
    Path file = folder.resolve(start(workspace) + UUID.randomUUID() + END);
    Path part = folder.resolve(file.getFileName() + ".part");
    OWN.add(file);
    FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      var _ = channel.lock();
      writeAll(channel, head(content));
      writeAll(channel, content);
      // Else the name could outlive the content when the machine stops.
      channel.force(true);
      // Nobody finds it before it is locked and whole.
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return new Begun(file, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      Files.deleteIfExists(part);
      OWN.remove(file);
      throw e;
    }
  }

  /* What is half, or full of zeros after the machine stopped, has another digest. */
  private static byte[] head(byte[] content) {
    String digest = Content.of(new String(content, StandardCharsets.UTF_8)).sha256();
    return (FORM + content.length + " " + digest + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }

  /// Returns those of `workspace` that nobody holds, and holds them.
  static List<Begun> left(Path folder, Path workspace) throws IOException {
    List<Begun> left = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, start(workspace) + "*" + END)) {
      for (Path file : files) {
        Begun one = OWN.add(file) ? held(file) : null;
        if (one != null) {
          left.add(one);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return left;
  }

  private static @Nullable Begun held(Path file) throws IOException {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null && Files.exists(file)) {
        return new Begun(file, channel);
      }
    } catch (NoSuchFileException e) {
      // Its Redoubt was quicker.
    }
    if (channel != null) {
      channel.close();
    }
    OWN.remove(file);
    return null;
  }

  /// Returns what was written; empty if not all of it is there.
  Optional<String> text() throws IOException {
    // Not closed: that would let go of the lock.
    @SuppressWarnings("StreamResourceLeak")
    InputStream in = Channels.newInputStream(channel.position(0));
    byte[] all = in.readNBytes(MOST + LONGEST_HEAD);
    int end = 0;
    while (end < all.length && end < LONGEST_HEAD && all[end] != '\n') {
      end++;
    }
    if (end == all.length || all[end] != '\n') {
      return Optional.empty();
    }
    byte[] content = Arrays.copyOfRange(all, end + 1, all.length);
    return Arrays.equals(head(content), Arrays.copyOf(all, end + 1))
        ? Optional.of(new String(content, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /// Returns when it was written.
  Instant at() throws IOException {
    return Files.getLastModifiedTime(file).toInstant();
  }

  /// Lets go of it: what its command left was taken away.
  void over() throws IOException {
    Files.deleteIfExists(file);
    leave();
  }

  /// Lets go of it, and leaves it to the next command.
  void leave() throws IOException {
    channel.close();
    OWN.remove(file);
  }
}
