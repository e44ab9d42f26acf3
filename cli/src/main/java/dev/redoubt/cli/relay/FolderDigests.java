// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.document.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// The SHA-256 of every file of a package, by its path in the folder.
///
/// Follows no link but the folder itself: what a link says is what is written down. What cannot be
/// read is written down as that, so that it is a difference when it can be read later.
final class FolderDigests {

  private static final int MOST_FILES = 20_000;
  private static final long MOST_BYTES = 1L << 30;
  private static final String ODD = "not looked at: ";

  private final Map<String, Node> digests = new TreeMap<>();
  private long room = MOST_BYTES;

  private FolderDigests() {}

  /// Returns the digests of the files below `folder`, but for packages installed in it.
  static Node.Obj of(Path folder) {
    FolderDigests found = new FolderDigests();
    Deque<Path> folders = new ArrayDeque<>();
    folders.add(folder);
    while (!folders.isEmpty()) {
      Path next = folders.remove();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(next)) {
        for (Path entry : entries) {
          found.add(folder, entry, folders);
        }
      } catch (IOException | DirectoryIteratorException e) {
        found.put(folder, next, ODD + "a folder that cannot be read");
      }
    }
    return new Node.Obj(found.digests, 1);
  }

  /// Returns the digest of one file, or why there is none.
  static String ofFile(Path file) {
    FolderDigests one = new FolderDigests();
    return one.digest(file);
  }

  private void add(Path folder, Path entry, Deque<Path> folders) throws IOException {
    if (digests.size() >= MOST_FILES) {
      digests.put("…", new Node.Text(ODD + "more files than anybody compares", 1));
      return;
    }
    if (Files.isSymbolicLink(entry)) {
      put(folder, entry, "leads to " + Files.readSymbolicLink(entry));
    } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
      if (!isLeftOut(entry.getFileName().toString())) {
        folders.add(entry);
      }
    } else {
      put(folder, entry, digest(entry));
    }
  }

  /* Packages of others are held by the lock file, and what Python compiles changes by itself. */
  private static boolean isLeftOut(String name) {
    return name.equals("node_modules") || name.equals("__pycache__");
  }

  private void put(Path folder, Path entry, String value) {
    digests.put(folder.relativize(entry).toString(), new Node.Text(value, 1));
  }

  private String digest(Path file) {
    if (!Files.isRegularFile(file)) {
      return ODD + "no file";
    }
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        room -= read;
        if (room < 0) {
          return ODD + "too large";
        }
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      return ODD + "a file that cannot be read";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
