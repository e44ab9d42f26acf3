// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.masks;

import dev.redoubt.sandbox.files.MountPoints;
import dev.redoubt.sandbox.kernel.HeldFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Brings what lies at a place to a folder on another file system: copies all of it, and only then
/// takes it away.
///
/// What is too much to copy stays as it is, and so does what something is mounted in: that may be a
/// person's, whoever moved the folder around it. Nothing else changes the place meanwhile, and
/// where something does, no link is followed.
final class Carried {

  static final long MOST_BYTES = 64L << 20;
  private static final int MOST_NAMES = 10_000;
  private static final int DEEPEST = 60;

  private static final int TYPE = 0170000;
  private static final int FOLDER = 0040000;
  private static final int FILE = 0100000;
  private static final int LINK = 0120000;

  private final Path whole;
  private final int device;
  private final long mostBytes;
  private long bytes;
  private int names;

  private Carried(Path whole, int device, long mostBytes) {
    this.whole = whole;
    this.device = device;
    this.mostBytes = mostBytes;
  }

  /// Carries what lies at `path` into `to`, under the name it has.
  ///
  /// @param path a real path
  /// @param to a folder that nobody else changes; there is nothing of that name in it
  /// @throws IOException if not all of it can be copied, and then all of it is where it was; or if
  ///   not all of it can be taken away, and then what stays is in both places
  static void into(Path path, Path to, long mostBytes) throws IOException {
    Path parent = path.getParent();
    Path name = path.getFileName();
    if (parent == null || name == null) {
      throw new IOException("\"%s\" is no place".formatted(path));
    }
    if (MountPoints.anyBelow(path)) {
      throw new FileSystemException(path.toString(), null, "something is mounted in it");
    }
    try (HeldFolder held = HeldFolder.of(parent)) {
      Carried carried = new Carried(path, number(held.path().resolve("."), "unix:dev"), mostBytes);
      try {
        carried.copy(held.path().resolve(name), path, to.resolve(name), 0);
      } catch (IOException e) {
        // Half a copy is of no use to anybody.
        forget(to);
        throw e;
      }
      carried.remove(held.path().resolve(name), path);
    }
  }

  private static void forget(Path copy) throws IOException {
    if (Files.isDirectory(copy, LinkOption.NOFOLLOW_LINKS)) {
      for (Path name : names(copy)) {
        forget(copy.resolve(name));
      }
    }
    Files.delete(copy);
  }

  /* `at` leads through a folder that is held; `real` is its path, to hold what is in it. */
  private void copy(Path at, Path real, Path to, int depth) throws IOException {
    if (++names > MOST_NAMES || depth > DEEPEST) {
      throw tooMuch();
    }
    switch (number(at, "unix:mode") & TYPE) {
      case FOLDER -> {
        requireHere(at);
        Reopened.open(real);
        Files.createDirectory(to);
        try (HeldFolder held = HeldFolder.of(real)) {
          for (Path name : names(held.path())) {
            copy(held.path().resolve(name), real.resolve(name), to.resolve(name), depth + 1);
          }
        }
      }
      case FILE -> {
        requireHere(at);
        copyFile(at, to);
      }
      case LINK -> Files.createSymbolicLink(to, Files.readSymbolicLink(at));
      // A pipe or a socket holds nothing.
      default -> requireHere(at);
    }
  }

  private void copyFile(Path at, Path to) throws IOException {
    byte[] block = new byte[64 << 10];
    try (InputStream in = Files.newInputStream(at, LinkOption.NOFOLLOW_LINKS);
        OutputStream out =
            Files.newOutputStream(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        bytes += read;
        if (bytes > mostBytes) {
          throw tooMuch();
        }
        out.write(block, 0, read);
      }
    }
  }

  private void remove(Path at, Path real) throws IOException {
    requireHere(at);
    if ((number(at, "unix:mode") & TYPE) == FOLDER) {
      try (HeldFolder held = HeldFolder.of(real)) {
        for (Path name : names(held.path())) {
          remove(held.path().resolve(name), real.resolve(name));
        }
      }
    }
    Files.delete(at);
  }

  private static List<Path> names(Path folder) throws IOException {
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (names.size() == MOST_NAMES) {
          throw new FileSystemException(folder.toString(), null, "holds too many names");
        }
        names.add(entry.getFileName());
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  private void requireHere(Path at) throws IOException {
    if (number(at, "unix:dev") != device) {
      throw new FileSystemException(whole.toString(), null, "holds a part of another file system");
    }
  }

  private FileSystemException tooMuch() {
    return new FileSystemException(
        whole.toString(), null, "is too much to be kept on another file system");
  }

  private static int number(Path at, String attribute) throws IOException {
    return Files.getAttribute(at, attribute, LinkOption.NOFOLLOW_LINKS) instanceof Number found
        ? found.intValue()
        : 0;
  }
}
