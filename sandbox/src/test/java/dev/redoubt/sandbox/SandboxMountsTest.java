// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.bubblewrap.BubblewrapBackend;
import dev.redoubt.sandbox.docker.DockerBackend;
import dev.redoubt.sandbox.docker.DockerSettings;
import dev.redoubt.sandbox.files.MountPoints;
import dev.redoubt.sandbox.landlock.LandlockBackend;
import dev.redoubt.sandbox.local.LocalBackend;
import dev.redoubt.sandbox.ssh.SshBackend;
import dev.redoubt.sandbox.ssh.SyncNotice;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.Enclosure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxMountsTest {

  @TempDir Path folder;
  private Path real;
  private Path home;
  private Path good;

  @BeforeEach
  void layOut() throws IOException {
    real = folder.toRealPath();
    home = Files.createDirectories(real.resolve("homes/ada"));
    Files.createDirectories(home.resolve(".ssh"));
    Files.createDirectories(home.resolve(".local/share/redoubt"));
    Files.createDirectories(real.resolve("work/project/in"));
    good = Files.createDirectories(real.resolve("data"));
  }

  private SandboxMounts mounts(Backend backend) {
    return new SandboxMounts(
        backend, real.resolve("work/project"), home, home.resolve(".local/share/redoubt"));
  }

  private static Optional<String> add(SandboxMounts mounts, Path source, String target) {
    return mounts.add(
        new SandboxMounts.Wanted(
            source,
            target.isEmpty() ? Optional.empty() : Optional.of(Path.of(target)),
            Enclosure.Mount.Mode.READ_ONLY));
  }

  private Optional<String> bubblewrap(Path source, String target) {
    return add(mounts(new BubblewrapBackend()), source, target);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/etc",
        "/var",
        "/root",
        "/run",
        "/proc",
        "/dev/null",
        "/usr/..",
        "/var/run/docker.sock",
        "HOME",
        "HOME/.ssh",
        "HOME/.local/share/redoubt",
        "HOME/..",
        "HOME/x/../.ssh",
        "REAL/gone",
        "REAL/work",
        "REAL/work/project",
        "REAL/work/project/in",
        "REAL/to-root",
        "REAL/to-ssh",
        "REAL/to-root/etc"
      })
  void whatIsHoldsOrLeadsToASensitivePlaceOrTheWorkspaceIsRefused(String text) throws IOException {
    Files.createSymbolicLink(real.resolve("to-root"), Path.of("/"));
    Files.createSymbolicLink(real.resolve("to-ssh"), home.resolve(".ssh"));
    Path source = Path.of(text.replace("HOME", home.toString()).replace("REAL", real.toString()));

    for (Backend backend :
        List.of(
            new BubblewrapBackend(),
            new LandlockBackend(),
            new DockerBackend(DockerSettings.NONE))) {
      SandboxMounts mounts = mounts(backend);
      assertThat(add(mounts, source, "")).as(backend.name()).isPresent();
      assertThat(mounts.all()).isEmpty();
    }
  }

  @Test
  void aFolderInWhichSomethingAnswersIsRefused() throws IOException {
    try (var channel =
        java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      channel.bind(java.net.UnixDomainSocketAddress.of(good.resolve("engine")));

      assertThat(bubblewrap(good, ""))
          .hasValueSatisfying(reason -> assertThat(reason).contains("socket", "engine"));
    }
  }

  @Test
  void whatIsMountedInAFolderIsFoundAndNotTheFolderItself() throws IOException {
    assertThat(MountPoints.anyInside(Path.of("/"))).isTrue();
    assertThat(MountPoints.anyInside(Path.of("/proc/self"))).isFalse();
    assertThat(MountPoints.anyInside(good)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/mnt/data, true",
    "/tmp/data/deep, true",
    "/mnt, false",
    "/etc/data, false",
    "/usr/bin, false",
    "/data, false",
    "/mnt/../etc, false",
    "/tmp/.redoubt-trust, false",
    "/proc/1, false",
    "/, false",
  })
  void behindBubblewrapItIsSeenElsewhereOnlyWhereNothingElseIs(String target, boolean good) {
    assertThat(bubblewrap(this.good, target).isEmpty()).isEqualTo(good);
  }

  @Test
  void targetsDoNotLieInEachOtherNorInTheWorkspace() throws IOException {
    SandboxMounts mounts = mounts(new BubblewrapBackend());
    Path other = Files.createDirectory(real.resolve("other"));

    assertThat(add(mounts, good, "/mnt/a")).isEmpty();
    assertThat(add(mounts, other, "/mnt/a/b")).isPresent();
    assertThat(add(mounts, other, "/mnt/a")).isPresent();
    assertThat(add(mounts, other, real.resolve("work/project/in").toString())).isPresent();
    assertThat(add(mounts, other, "")).isEmpty();
    assertThat(mounts.all())
        .containsExactly(
            new Enclosure.Mount(good, Path.of("/mnt/a"), Enclosure.Mount.Mode.READ_ONLY),
            new Enclosure.Mount(other, other, Enclosure.Mount.Mode.READ_ONLY));
  }

  @Test
  void aBackendThatCannotMountSaysSo() {
    assertThat(add(mounts(new LocalBackend()), good, ""))
        .hasValue(
            "the sandbox \"local\" mounts nothing: it surrounds nothing, and a command sees every"
                + " file of this user already");
    assertThat(add(mounts(new SshBackend(Optional.empty(), SyncNotice.Listener.NONE)), good, ""))
        .hasValueSatisfying(reason -> assertThat(reason).contains("another machine"));
    assertThat(add(mounts(new LandlockBackend()), good, "/mnt/data"))
        .hasValueSatisfying(reason -> assertThat(reason).contains("where it is and nowhere else"));
  }
}
