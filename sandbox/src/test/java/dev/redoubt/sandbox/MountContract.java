// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.MountPlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a backend that shows mounts has to do.
abstract class MountContract {

  @TempDir Path folder;
  private Path read;
  private Path written;
  private Path workspace;
  private SandboxMounts mounts;

  abstract Backend backend();

  /// Does what a backend needs before it can write `place`.
  void prepare(Path place) throws IOException {}

  @BeforeEach
  void layOut() throws IOException {
    Path real = folder.toRealPath();
    workspace = Files.createDirectory(real.resolve("workspace"));
    read = Files.createDirectory(real.resolve("read"));
    written = Files.createDirectory(real.resolve("written"));
    Files.writeString(read.resolve("book"), "what it says\n");
    Files.writeString(Files.createDirectory(real.resolve("beside")).resolve("x"), "unseen\n");
    prepare(workspace);
    prepare(written);
    mounts =
        new SandboxMounts(
            backend(),
            workspace,
            Files.createDirectory(real.resolve("home")),
            Files.createDirectory(real.resolve("state")));
  }

  private Optional<String> add(Path source, Optional<Path> target, Enclosure.Mount.Mode mode) {
    return mounts.add(new SandboxMounts.Wanted(source, target, mode));
  }

  @Test
  void whatIsMountedIsSeenAndWrittenOnlyWhereThatWasSaid() throws Exception {
    boolean moves = !(backend().mounts() instanceof MountPlaces.InPlace);
    Path book = moves ? Path.of("/mnt/library") : read;
    assertThat(
            add(read, moves ? Optional.of(book) : Optional.empty(), Enclosure.Mount.Mode.READ_ONLY))
        .isEmpty();
    Path link = Files.createSymbolicLink(folder.toRealPath().resolve("link"), written);
    assertThat(add(link, Optional.empty(), Enclosure.Mount.Mode.WRITABLE)).isEmpty();

    try (Enclosed enclosed = Enclosed.openMounted(backend(), workspace, mounts.all())) {
      assertThat(enclosed.said("cat %s/book".formatted(book))).isEqualTo("what it says\n");
      assertThat(enclosed.run("echo x > %s/book".formatted(book)).ending().exitCode()).isNotZero();
      assertThat(enclosed.run("echo x > %s/more".formatted(book)).ending().exitCode()).isNotZero();
      assertThat(enclosed.run("echo new > %s/page".formatted(written)).ending().exitCode())
          .isZero();
      assertThat(enclosed.said("cat %s/beside/x".formatted(folder.toRealPath())))
          .doesNotContain("unseen");
    }
    assertThat(read.resolve("book")).hasContent("what it says\n");
    assertThat(written.resolve("page")).hasContent("new\n");
    assertThat(Enclosed.namesIn(read)).containsExactly(Path.of("book"));
  }
}
