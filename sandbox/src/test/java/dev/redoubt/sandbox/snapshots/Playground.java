// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/// A workspace and a data folder of its own, and short words to change and compare what is there.
final class Playground {

  /// Something a turn does.
  interface Doing {
    void run() throws Exception;
  }

  final Path root;
  final Path data;
  SnapshotLimits limits = SnapshotLimits.DEFAULT;

  Playground(Path folder) throws IOException {
    root = Files.createDirectory(folder.toRealPath().resolve("work"));
    data = folder.toRealPath().resolve("data");
  }

  Path path(String name) {
    return root.resolve(name);
  }

  Playground file(String name, String text) {
    try {
      Files.createDirectories(path(name).getParent());
      Files.writeString(path(name), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text(String name) throws IOException {
    return Files.readString(path(name));
  }

  void mode(Path relative, String mode) throws IOException {
    Files.setPosixFilePermissions(root.resolve(relative), PosixFilePermissions.fromString(mode));
  }

  Playground mode(String name, String mode) throws IOException {
    Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString(mode));
    return this;
  }

  void delete(String name) {
    delete(path(name));
  }

  /// Deletes everything in the workspace.
  void clear() throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(root)) {
      children.forEach(Playground::delete);
    }
  }

  static void delete(Path path) {
    try {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
          children.forEach(Playground::delete);
        }
      }
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  StoreFolder store(Steps steps) {
    return StoreFolder.of(data, root, steps);
  }

  TurnRecorder recorder() {
    return TurnRecorder.open(store(Steps.ALL), limits, Clock.systemUTC());
  }

  Undo undo() {
    return Undo.of(store(Steps.ALL), limits, Clock.systemUTC());
  }

  /// Does `doing` as a turn.
  TurnRecord turn(String what, Doing doing) throws Exception {
    try (Turn turn = recorder().begin(what)) {
      turn.beforeWrite();
      doing.run();
      return turn.end().orElseThrow();
    }
  }

  /// Returns everything that is there, by raw path: mode and content, target or nothing.
  SortedMap<String, String> everything() {
    SortedMap<String, String> found = new TreeMap<>();
    look(root, found);
    return found;
  }

  private void look(Path folder, SortedMap<String, String> found) {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        String name = root.toUri().relativize(child.toUri()).getRawPath();
        if (Files.isSymbolicLink(child)) {
          found.put(name, "-> " + Files.readSymbolicLink(child));
        } else if (Files.isDirectory(child)) {
          found.put(name, mode(child));
          look(child, found);
        } else {
          byte[] bytes = Files.readAllBytes(child);
          String text = new String(bytes, StandardCharsets.UTF_8);
          found.put(
              name,
              mode(child) + " " + (bytes.length < 200 ? text : HexFormat.of().formatHex(bytes)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }
}
