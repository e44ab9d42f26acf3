// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ReplacementTest {

  /// What happens before the rename.
  private interface Meanwhile {
    void happens() throws IOException;
  }

  /* Like a kill: nothing of the writer goes on. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @TempDir Path temporary;
  private Path work;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    work = Files.createDirectory(temporary.toRealPath().resolve("work"));
    file = Files.writeString(work.resolve("file"), "before");
  }

  @SuppressWarnings("StreamResourceLeak") // closed: the stream is the folder
  private static void write(Path path, String text, Meanwhile meanwhile) throws IOException {
    try (SecureDirectoryStream<Path> folder =
        (SecureDirectoryStream<Path>) Files.newDirectoryStream(path.getParent())) {
      new Replacement(
              folder,
              path,
              () -> {
                try {
                  meanwhile.happens();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void write(Path path, String text) throws IOException {
    write(path, text, () -> {});
  }

  private List<String> names() throws IOException {
    try (Stream<Path> listed = Files.list(work)) {
      return listed.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static Object number(Path path) throws IOException {
    return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void aWriterThatDiesLeavesTheFileAsItWasAndOneThatIsKnownByItsName() throws IOException {
    assertThatThrownBy(() ->
            write(
                file,
                "after",
                () -> {
                  throw new Killed();
                }))
        .isInstanceOf(Killed.class);

    assertThat(file).hasContent("before");
    assertThat(names()).hasSize(2).last().isEqualTo("file");
    assertThat(Replacement.isLeftOver(names().getFirst())).isTrue();
    assertThat(work.resolve(names().getFirst())).hasContent("after");
  }

  @Test
  void aNewFileIsThereWholeOrNotAtAll() throws IOException {
    Path made = work.resolve("made");
    assertThatThrownBy(() ->
            write(
                made,
                "x",
                () -> {
                  throw new Killed();
                }))
        .isInstanceOf(Killed.class);
    assertThat(made).doesNotExist();

    write(made, "y");
    Path usual = Files.writeString(work.resolve("usual"), "");
    assertThat(made).hasContent("y");
    assertThat(Files.getPosixFilePermissions(made)).isEqualTo(Files.getPosixFilePermissions(usual));
  }

  @Test
  void onlyTheNamesOfUnfinishedFilesAreTakenForThem() {
    String name = ".redoubt-writing-123e4567-e89b-12d3-a456-426614174000";
    assertThat(Replacement.isLeftOver(name)).isTrue();
    assertThat(
            List.of(
                name + "0",
                name.substring(1),
                name.substring(0, name.length() - 1) + "x",
                ".redoubt-writing-",
                "file",
                ""))
        .noneMatch(Replacement::isLeftOver);
  }

  @Test
  void theContentIsReplacedAndOwnerAndPermissionsStay() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
    if (Files.getAttribute(work, "unix:uid").equals(0)) {
      Files.setAttribute(file, "unix:uid", 4321);
      Files.setAttribute(file, "unix:gid", 1234);
    }
    List<Object> before = owned();
    Object number = number(file);

    write(file, "after");

    assertThat(file).hasContent("after");
    assertThat(owned()).isEqualTo(before);
    assertThat(number(file)).isNotEqualTo(number);
    assertThat(names()).containsExactly("file");
  }

  private List<Object> owned() throws IOException {
    return List.of(
        Files.getAttribute(file, "unix:uid"),
        Files.getAttribute(file, "unix:gid"),
        Files.getPosixFilePermissions(file));
  }

  @Test
  void bothNamesOfAFileKeepTheSameContent() throws IOException {
    Path second = Files.createLink(work.resolve("second"), file);

    write(file, "after");

    assertThat(second).hasContent("after");
    assertThat(number(second)).isEqualTo(number(file));
    assertThat(names()).containsExactly("file", "second");
  }

  @Test
  void aFileKeepsWhatTheSystemNotesAboutIt() throws IOException {
    UserDefinedFileAttributeView notes =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    try {
      notes.write("note", StandardCharsets.UTF_8.encode("kept"));
    } catch (FileSystemException e) {
      return; // This file system keeps none.
    }

    write(file, "after");

    assertThat(file).hasContent("after");
    assertThat(notes.list()).containsExactly("note");
  }

  @Test
  void whatIsSwappedInMeanwhileStays() throws IOException {
    Path outside = Files.writeString(temporary.resolve("outside"), "secret");
    List<Meanwhile> changes =
        List.of(
            () -> {
              Files.delete(file);
              Files.createSymbolicLink(file, outside);
            },
            () -> {
              Files.delete(file);
              Files.createDirectory(file);
            },
            () -> {
              Files.writeString(work.resolve("other"), "before");
              Files.move(work.resolve("other"), file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            },
            () -> Files.writeString(file, "somebody else's"),
            () -> Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--")),
            () -> Files.delete(file));
    for (Meanwhile change : changes) {
      Files.deleteIfExists(file);
      Files.writeString(file, "before");
      assertThatThrownBy(() -> write(file, "after", change))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("changed by somebody else meanwhile");
      assertThat(names()).isSubsetOf("file");
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        assertThat(Files.readString(file)).isNotEqualTo("after");
      }
    }
    assertThat(outside).hasContent("secret");

    assertThatThrownBy(() -> write(file, "after", () -> Files.writeString(file, "theirs")))
        .isInstanceOf(FileSystemException.class);
    assertThat(file).hasContent("theirs");
  }

  @Test
  void anErrorLeavesNothingBehind() throws IOException {
    assertThatThrownBy(() ->
            write(
                file,
                "after",
                () -> {
                  throw new IOException("gone");
                }))
        .hasRootCauseMessage("gone");

    assertThat(file).hasContent("before");
    assertThat(names()).containsExactly("file");
  }

  @Test
  void whoMayNotWriteAFileMayNotReplaceIt() throws IOException {
    if (Files.getAttribute(work, "unix:uid").equals(0)) {
      return; // Root may write everything.
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

    assertThatThrownBy(() -> write(file, "after")).isInstanceOf(AccessDeniedException.class);

    assertThat(file).hasContent("before");
    assertThat(names()).containsExactly("file");
  }

  @Test
  void aFolderThatTakesNoNewFileHasItsFilesWrittenInTheirPlace() throws IOException {
    Object number = number(file);
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("r-xr-xr-x"));
    try (GuardedFiles files = GuardedFiles.below(work)) {
      files.write(file, Content.of("after"));
    } finally {
      Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    assertThat(file).hasContent("after");
    boolean root = Files.getAttribute(work, "unix:uid").equals(0);
    assertThat(number(file).equals(number)).isEqualTo(!root);
    assertThat(names()).containsExactly("file");
  }
}
