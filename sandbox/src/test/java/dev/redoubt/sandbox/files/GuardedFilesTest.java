// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class GuardedFilesTest {

  @TempDir Path temporary;
  private Path work;
  private Path outside;

  @BeforeEach
  void makeTrees() throws IOException {
    work = Files.createDirectories(temporary.toRealPath().resolve("work"));
    outside = Files.createDirectories(temporary.toRealPath().resolve("outside"));
    Files.createDirectories(work.resolve("a/b"));
    Files.writeString(work.resolve("a/b/file"), "inside");
    Files.createDirectories(outside.resolve("b"));
    Files.writeString(outside.resolve("b/file"), "secret");
  }

  private static String content(SeekableByteChannel channel) throws IOException {
    try (channel) {
      ByteBuffer bytes = ByteBuffer.allocate(64);
      channel.read(bytes);
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatIsMovedAwayIsFoundWithoutFollowingALink(@TempDir Path anywhere) throws IOException {
    Path base = anywhere.toRealPath();
    Path work = Files.createDirectories(base.resolve("work"));
    Path to = Files.createDirectories(base.resolve("to"));
    Files.writeString(Files.createDirectories(work.resolve("in/place")).resolve("file"), "taken");
    Files.writeString(Files.createDirectories(base.resolve("else/place")).resolve("file"), "stays");
    Files.createSymbolicLink(work.resolve("link"), base.resolve("else"));

    try (GuardedFiles files = GuardedFiles.below(work)) {
      files.moveInto(work.resolve("in/place"), to);
      assertThatThrownBy(() -> files.moveInto(work.resolve("link/place"), to))
          .isInstanceOf(IOException.class);
    }

    assertThat(to.resolve("place/file")).hasContent("taken");
    assertThat(work.resolve("in/place")).doesNotExist();
    assertThat(base.resolve("else/place/file")).hasContent("stays");
  }

  @Test
  void aFileIsReadWrittenAndDeleted() throws IOException {
    try (GuardedFiles files = GuardedFiles.below(work)) {
      assertThat(content(files.read(work.resolve("a/b/file")))).isEqualTo("inside");
      files.write(work.resolve("a/b/new"), Content.of("1"));
      files.write(work.resolve("a/b/file"), Content.of("2"));
      files.delete(work.resolve("a/b/new"));
    }
    assertThat(Files.readString(work.resolve("a/b/file"))).isEqualTo("2");
    assertThat(work.resolve("a/b/new")).doesNotExist();
  }

  @Test
  void aLinkInAnyPlaceFails() throws IOException {
    Files.createSymbolicLink(work.resolve("folder"), outside);
    Files.createSymbolicLink(work.resolve("a/link"), outside.resolve("b/file"));
    Files.createSymbolicLink(work.resolve("a/dangling"), outside.resolve("later"));
    try (GuardedFiles files = GuardedFiles.below(work)) {
      assertThatThrownBy(() -> files.read(work.resolve("folder/b/file")))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> files.read(work.resolve("a/link"))).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> files.write(work.resolve("a/dangling"), Content.of("x")))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> files.delete(work.resolve("folder/b/file")))
          .isInstanceOf(IOException.class);
      files.delete(work.resolve("a/link"));
    }
    assertThat(outside.resolve("later")).doesNotExist();
    assertThat(outside.resolve("b/file")).hasContent("secret");
    assertThat(Files.exists(work.resolve("a/link"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void whatDoesNotLieBelowFails() throws IOException {
    try (GuardedFiles files = GuardedFiles.below(work)) {
      for (Path path :
          new Path[] {
            outside.resolve("b/file"), work, work.resolve("../outside/b/file"), Path.of("a/b/file")
          }) {
        assertThatThrownBy(() -> files.read(path)).as("%s", path).isInstanceOf(IOException.class);
      }
      assertThatThrownBy(() -> files.read(work.resolve("a/b"))).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> files.read(work.resolve("none"))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void theFolderThatWasOpenedStaysTheOne() throws IOException {
    try (GuardedFiles files = GuardedFiles.below(work)) {
      Files.move(work, work.resolveSibling("moved"));
      Files.createSymbolicLink(work, outside);
      Files.createDirectories(outside.resolve("a/b"));
      Files.writeString(outside.resolve("a/b/file"), "secret");

      assertThat(content(files.read(work.resolve("a/b/file")))).isEqualTo("inside");
    }
  }

  @Test
  void aHeldFolderStaysTheOneAndReadsOnlyItsOwnFiles() throws IOException {
    Files.createSymbolicLink(work.resolve("a/b/link"), outside.resolve("b/file"));
    Files.createSymbolicLink(work.resolve("a/in"), outside);
    try (GuardedFiles files = GuardedFiles.below(work);
        OpenFolder held = files.hold(work.resolve("a/b"))) {
      Files.move(work.resolve("a/b"), work.resolve("a/moved"));
      Files.createSymbolicLink(work.resolve("a/b"), outside.resolve("b"));

      assertThat(held.list().entries().stream().map(Listing.Entry::name))
          .containsExactly("file", "link");
      assertThat(content(held.read("file"))).isEqualTo("inside");
      for (String name :
          new String[] {
            "link",
            "none",
            "",
            ".",
            "..",
            "../b/file",
            "../moved/file",
            "./file",
            outside + "/b/file"
          }) {
        assertThatThrownBy(() -> held.read(name)).as(name).isInstanceOf(IOException.class);
      }
      for (String path : new String[] {"a/b", "a/in", "a/in/b", "a/none", "../outside"}) {
        assertThatThrownBy(() -> files.hold(work.resolve(path)))
            .as(path)
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aFolderThatIsSwappedForALinkNeverWins() throws Exception {
    Path spare = Files.createSymbolicLink(work.resolve("spare"), outside);
    AtomicBoolean stop = new AtomicBoolean();
    Thread swapper = Thread.ofPlatform().start(() -> swap(stop, spare));
    int read = 0;
    int refused = 0;
    try (GuardedFiles files = GuardedFiles.below(work)) {
      for (int i = 0; i < 4_000 || ((read == 0 || refused == 0) && i < 400_000); i++) {
        try {
          assertThat(content(files.read(work.resolve("a/b/file")))).isEqualTo("inside");
          read++;
          if (read % 20 == 1) {
            files.write(work.resolve("a/b/made"), Content.of("x"));
          }
        } catch (IOException e) {
          refused++;
        }
      }
    } finally {
      stop.set(true);
      swapper.join();
    }
    assertThat(read).isPositive();
    assertThat(refused).isPositive();
    assertThat(outside.resolve("b/made")).doesNotExist();
    assertThat(outside.resolve("b/file")).hasContent("secret");
  }

  /* a becomes a link to the outside and a folder again, over and over. */
  private void swap(AtomicBoolean stop, Path spare) {
    Path real = work.resolve("a");
    Path kept = work.resolve("kept");
    try {
      while (!stop.get()) {
        Files.move(real, kept, StandardCopyOption.ATOMIC_MOVE);
        Files.move(spare, real, StandardCopyOption.ATOMIC_MOVE);
        Files.move(real, spare, StandardCopyOption.ATOMIC_MOVE);
        Files.move(kept, real, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFolderIsDeletedHoweverDeepItIs(@TempDir Path anywhere) throws IOException {
    Path real = anywhere.toRealPath();
    Path top = real.resolve("top");
    Files.createDirectories(top.resolve("d/".repeat(900) + "last"));

    try (GuardedFiles files = GuardedFiles.below(real)) {
      files.deleteAll(top);
      assertThat(files.list(real).entries()).noneMatch(entry -> entry.name().equals("top"));
    }
    try (var left = Files.list(real)) {
      assertThat(left.filter(path -> path.getFileName().toString().contains("-"))).isEmpty();
    }
  }
}
