// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Content;
import dev.redoubt.mcp.oauth.TokenVault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Tokens in files of mode 0600, in a folder of mode 0700, each named by a digest. Whoever works on
/// one alone holds a lock that other processes see.
final class FileVault implements TokenVault {

  private static final int LARGEST = 256 << 10;
  /* A lock of a file is one of the process: threads of this one queue here. */
  private static final Map<Path, ReentrantLock> HERE = new ConcurrentHashMap<>();

  private final Path folder;

  FileVault(Path folder) {
    this.folder = requireNonNull(folder, "folder").toAbsolutePath();
  }

  private Path file(String name) {
    return folder.resolve(Content.of(name).sha256() + ".json");
  }

  @Override
  public Optional<String> read(String name) throws IOException {
    Path file = file(name);
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      if (isPosix()) {
        Set<PosixFilePermission> rights =
            Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        if (rights.contains(PosixFilePermission.GROUP_READ)
            || rights.contains(PosixFilePermission.OTHERS_READ)) {
          throw new IOException(
              "others can read the token in \"%s\": chmod 600 it, or log in anew".formatted(file));
        }
      }
      return Optional.of(new String(in.readNBytes(LARGEST), UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void write(String name, String text) throws IOException {
    makeFolder();
    Path file = file(name);
    Path fresh = Files.createTempFile(folder, "new-", ".json", owner("rw-------"));
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void remove(String name) throws IOException {
    Files.deleteIfExists(file(name));
  }

  @Override
  public <T> T alone(String name, Work<T> work) throws IOException, InterruptedException {
    makeFolder();
    Path file = folder.resolve(Content.of(name).sha256() + ".lock");
    ReentrantLock here = HERE.computeIfAbsent(file, _ -> new ReentrantLock());
    here.lockInterruptibly();
    try (FileChannel channel =
            FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                owner("rw-------"));
        FileLock lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new IOException("cannot lock \"%s\"".formatted(file));
      }
      return work.run();
    } finally {
      here.unlock();
    }
  }

  private void makeFolder() throws IOException {
    Files.createDirectories(requireNonNull(folder.getParent()));
    if (Files.notExists(folder)) {
      try {
        Files.createDirectory(folder, owner("rwx------"));
      } catch (java.nio.file.FileAlreadyExistsException e) {
        // Another process was faster.
      }
    }
  }

  private static FileAttribute<?>[] owner(String rights) {
    return isPosix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}
