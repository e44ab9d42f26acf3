// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.sandbox.wall.Enclosure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/// What both machines had in common when they were last the same: one list for each pair of
/// folders, in Redoubt's own data.
///
/// A list that cannot be read counts as none: then differences are conflicts, and nothing is
/// deleted.
final class SyncStore {

  private static final String FIRST_LINE = "redoubt sync 1";
  private static final int LONGEST = 64 << 20;

  private final Path folder;

  private SyncStore(Path folder) {
    this.folder = folder;
  }

  /// Returns the one for this workspace and that folder of that machine.
  static SyncStore of(Enclosure enclosure, SshSettings settings) throws IOException {
    String pair =
        "%s\n%s\n%s"
            .formatted(enclosure.workspace(), settings.destination(), settings.remoteFolder());
    String name = HexFormat.of().formatHex(NearTree.sha256().digest(pair.getBytes(UTF_8)), 0, 12);
    Path folder = enclosure.state().resolve("ssh-sync").resolve(name);
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return new SyncStore(folder);
  }

  /// Returns the right to use it, which other processes wait for.
  FileChannel lock() throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      channel.lock();
      return channel;
    } catch (IOException | OverlappingFileLockException e) {
      channel.close();
      throw new IOException("the workspace is being synchronised by another sandbox", e);
    }
  }

  /// Returns what the files of one side hashed to.
  ///
  /// @param side a name for it
  KnownHashes hashes(String side) {
    return KnownHashes.read(folder.resolve("hashes-" + side));
  }

  /// Returns what both had in common; empty when that is not known.
  SortedMap<String, TreeEntry> read() throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve("manifest"))) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      return bytes.length > LONGEST ? new TreeMap<>() : parsed(new String(bytes, UTF_8));
    } catch (NoSuchFileException e) {
      return new TreeMap<>();
    }
  }

  private static SortedMap<String, TreeEntry> parsed(String text) {
    SortedMap<String, TreeEntry> entries = new TreeMap<>();
    String[] lines = text.split("\n", -1);
    if (lines.length < 2 || !lines[0].equals(FIRST_LINE) || !lines[lines.length - 1].isEmpty()) {
      return new TreeMap<>();
    }
    try {
      for (int i = 1; i < lines.length - 1; i++) {
        String[] parts = lines[i].split("\t", -1);
        entries.put(
            parts[1],
            switch (parts[0]) {
              case "d" -> new TreeEntry.Folder();
              case "l" -> new TreeEntry.Link(parts[2]);
              case "f" -> new TreeEntry.File(parts[2], false);
              case "x" -> new TreeEntry.File(parts[2], true);
              default -> throw new IllegalArgumentException(lines[i]);
            });
      }
      return entries;
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return new TreeMap<>();
    }
  }

  /// Keeps what both have in common now, whole or not at all.
  void write(SortedMap<String, TreeEntry> entries) throws IOException {
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    entries.forEach((path, entry) -> {
      switch (entry) {
        case TreeEntry.Folder _ -> text.append("d\t").append(path);
        case TreeEntry.Link(String target) ->
            text.append("l\t").append(path).append('\t').append(target);
        case TreeEntry.File(String sha256, boolean program) ->
            text.append(program ? "x\t" : "f\t").append(path).append('\t').append(sha256);
      }
      text.append('\n');
    });
    Path staged = folder.resolve("manifest.new");
    try (FileChannel channel =
        FileChannel.open(
            staged,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      java.nio.ByteBuffer bytes = UTF_8.encode(text.toString());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        staged,
        folder.resolve("manifest"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
