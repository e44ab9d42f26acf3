// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedChangesTest {

  private static final FileTime TIME = FileTime.from(Instant.parse("2021-01-01T00:00:00Z"));

  @TempDir private Path temp;
  private Path root;
  private Path outside;

  @BeforeEach
  void make() throws IOException {
    root = Files.createDirectory(temp.toRealPath().resolve("root"));
    outside = Files.createDirectory(temp.toRealPath().resolve("outside"));
    Files.createDirectory(root.resolve("in"));
  }

  private GuardedChanges changes() throws IOException {
    return GuardedChanges.below(root, ".staging");
  }

  private static void put(GuardedChanges changes, Path real, String text) throws IOException {
    changes.putFile(
        real,
        out -> out.write(text.getBytes(StandardCharsets.UTF_8)),
        PosixFilePermissions.fromString("r-x------"),
        TIME);
  }

  @Test
  void everythingIsMadeInItsPlace() throws IOException {
    Path file = root.resolve("in/file");
    try (GuardedChanges changes = changes()) {
      changes.createFolder(root.resolve("in/new"));
      changes.setPermissions(root.resolve("in/new"), PosixFilePermissions.fromString("rwxr-xr-x"));
      put(changes, file, "one");
      put(changes, file, "two");
      changes.putLink(root.resolve("in/link"), Path.of("../anywhere"));
      changes.putLink(root.resolve("in/gone"), Path.of("x"));
      changes.deleteFile(root.resolve("in/gone"));
    }

    assertThat(file).hasContent("two");
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(TIME);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("r-x------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("in/new"))))
        .isEqualTo("rwxr-xr-x");
    assertThat(Files.readSymbolicLink(root.resolve("in/link"))).isEqualTo(Path.of("../anywhere"));
    assertThat(root.resolve("in/gone")).doesNotExist();
    assertThat(root.resolve(".staging")).doesNotExist();
  }

  @Test
  void whatRootMakesBelongsToTheOwnerOfWhatItReplaces() throws IOException {
    Path file = Files.writeString(root.resolve("in/file"), "old");
    boolean isRoot = Files.getAttribute(root, "unix:uid").equals(0);
    int other = isRoot ? 12_345 : (Integer) Files.getAttribute(root, "unix:uid");
    if (isRoot) {
      for (Path path : List.of(file, root.resolve("in"))) {
        Files.setAttribute(path, "unix:uid", other);
        Files.setAttribute(path, "unix:gid", other);
      }
    }
    try (GuardedChanges changes = changes()) {
      put(changes, file, "new");
      put(changes, root.resolve("in/second"), "new");
      changes.createFolder(root.resolve("in/folder"));
    }

    for (String name : List.of("in/file", "in/second", "in/folder")) {
      assertThat(Files.getAttribute(root.resolve(name), "unix:uid")).as(name).isEqualTo(other);
    }
  }

  @Test
  void aFolderThatBecameALinkIsNotEntered() throws IOException {
    Files.writeString(outside.resolve("victim"), "whole");
    try (GuardedChanges changes = changes()) {
      Files.delete(root.resolve("in"));
      Files.createSymbolicLink(root.resolve("in"), outside);

      assertThatThrownBy(() -> put(changes, root.resolve("in/victim"), "x"))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> changes.createFolder(root.resolve("in/new")))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> changes.putLink(root.resolve("in/l"), Path.of("x")))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> changes.deleteFile(root.resolve("in/victim")))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() ->
              changes.setPermissions(
                  root.resolve("in/victim"), PosixFilePermissions.fromString("---------")))
          .isInstanceOf(IOException.class);
    }
    try (Stream<Path> left = Files.list(outside)) {
      assertThat(left).containsExactly(outside.resolve("victim"));
    }
    assertThat(outside.resolve("victim")).hasContent("whole");
  }

  @Test
  void aLinkInThePlaceOfAFileIsReplacedAndItsTargetKept() throws IOException {
    Path victim = Files.writeString(outside.resolve("victim"), "whole");
    Files.createSymbolicLink(root.resolve("in/file"), victim);

    try (GuardedChanges changes = changes()) {
      assertThatThrownBy(() ->
              changes.setPermissions(
                  root.resolve("in/file"), PosixFilePermissions.fromString("---------")))
          .isInstanceOf(IOException.class);
      put(changes, root.resolve("in/file"), "own");
    }

    assertThat(victim).hasContent("whole");
    assertThat(Files.isSymbolicLink(root.resolve("in/file"))).isFalse();
  }

  @Test
  void whatACrashLeftInThePrivateFolderGoes() throws IOException {
    Files.createDirectory(root.resolve(".staging"));
    Files.writeString(root.resolve(".staging/0"), "half");
    Files.createDirectory(root.resolve(".staging/1"));
    try (GuardedChanges changes = changes()) {
      changes.createFolder(root.resolve("in/a"));
    }
    assertThat(root.resolve(".staging")).doesNotExist();
    assertThat(root.resolve("in/a")).isEmptyDirectory();
  }

  @Test
  void nothingOutsideCanBeNamed() throws IOException {
    try (GuardedChanges changes = changes()) {
      for (Path path : new Path[] {outside.resolve("x"), root, root.resolve("../outside/x")}) {
        assertThatThrownBy(() -> put(changes, path, "x")).isInstanceOf(IOException.class);
      }
    }
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void aContentThatFailsLeavesNothing() throws IOException {
    Path file = root.resolve("in/file");
    try (GuardedChanges changes = changes()) {
      assertThatThrownBy(() ->
              changes.putFile(
                  file,
                  out -> {
                    out.write(1);
                    throw new IOException("no space left");
                  },
                  PosixFilePermissions.fromString("rw-------"),
                  null))
          .hasMessage("no space left");
    }
    assertThat(file).doesNotExist();
    assertThat(root.resolve(".staging")).doesNotExist();
  }
}
