// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Situation;
import dev.redoubt.sandbox.bubblewrap.BubblewrapBackend;
import dev.redoubt.sandbox.checks.CheckRow.Result;
import dev.redoubt.sandbox.docker.DockerBackend;
import dev.redoubt.sandbox.docker.DockerEngine;
import dev.redoubt.sandbox.kernel.NeedsLandlock;
import dev.redoubt.sandbox.landlock.LandlockBackend;
import dev.redoubt.sandbox.local.LocalBackend;
import dev.redoubt.sandbox.ssh.SshBackend;
import dev.redoubt.sandbox.ssh.SshServer;
import dev.redoubt.sandbox.ssh.SyncNotice;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.Claim;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.EscapeCheck;
import dev.redoubt.sandbox.wall.Readiness;
import dev.redoubt.sandbox.wall.Wall;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("container engine")
class SandboxChecksTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");

  /* The others cannot work on every machine: no metadata service, no engine, no terminal. */
  private static final Set<EscapeCheck> WORK_WITHOUT_A_WALL =
      EnumSet.of(
          EscapeCheck.READ_SECRET,
          EscapeCheck.WRITE_OUTSIDE,
          EscapeCheck.WRITE_PROTECTED,
          EscapeCheck.WRITE_ABSENT_PROTECTED,
          EscapeCheck.HARD_LINK,
          EscapeCheck.PROC,
          EscapeCheck.SIGNAL_OUTSIDE,
          EscapeCheck.DIRECT_SOCKET,
          EscapeCheck.DNS,
          EscapeCheck.UNIX_SOCKET,
          EscapeCheck.PTRACE,
          EscapeCheck.FORK_BOMB,
          EscapeCheck.DISK_FILL);

  @Test
  void whatABackendClaimsAndDoesNotHoldIsSeen() throws Exception {
    List<CheckRow> rows = new ArrayList<>();

    boolean held = new SandboxChecks(ENVIRONMENT).run(new Boaster(), rows::add);

    assertThat(held).isFalse();
    assertThat(rows)
        .filteredOn(row -> WORK_WITHOUT_A_WALL.contains(row.check()))
        .hasSize(WORK_WITHOUT_A_WALL.size())
        .allSatisfy(row -> assertThat(row.held()).as(row.check() + " " + row.detail()).isFalse())
        .allSatisfy(row -> assertThat(row.result()).isEqualTo(Result.GAP));
  }

  @Test
  void whatLocalSaysIsTrue() throws Exception {
    List<CheckRow> rows = new ArrayList<>();

    assertThat(new SandboxChecks(ENVIRONMENT).run(new LocalBackend(), rows::add)).isTrue();

    assertThat(rows).hasSize(EscapeCheck.values().length);
    assertThat(rows)
        .filteredOn(row -> row.result() != Result.NOT_CLAIMED)
        .extracting(row -> row.check().id() + " " + row.result().id())
        .containsExactly("symlink-swap blocked", "output-flood bounded", "orphan blocked");
  }

  @Test
  @NeedsEngine("bwrap")
  void whatBubblewrapSaysIsTrue() throws Exception {
    List<CheckRow> rows = new ArrayList<>();

    new SandboxChecks(ENVIRONMENT).run(new BubblewrapBackend(), rows::add);

    assertThat(rows).filteredOn(row -> !row.held()).isEmpty();
    assertThat(rows).extracting(CheckRow::result).containsOnly(Result.BLOCKED, Result.BOUNDED);
  }

  @Test
  @NeedsLandlock
  void whatLandlockSaysIsTrue() throws Exception {
    List<CheckRow> rows = new ArrayList<>();

    new SandboxChecks(ENVIRONMENT).run(new LandlockBackend(), rows::add);

    assertThat(rows).filteredOn(row -> !row.held()).isEmpty();
  }

  @Test
  @NeedsEngine(value = "dockerd", right = NeedsEngine.Right.ROOT)
  void whatDockerSaysIsTrueAndEverythingIsBlockedOrBounded() throws Exception {
    List<CheckRow> rows = new ArrayList<>();

    new SandboxChecks(ENVIRONMENT)
        .run(new DockerBackend(DockerEngine.shared().settings()), rows::add);

    assertThat(rows).filteredOn(row -> !row.held()).isEmpty();
    assertThat(rows).extracting(CheckRow::result).containsOnly(Result.BLOCKED, Result.BOUNDED);
  }

  @Test
  @NeedsEngine("sshd")
  void whatSshSaysIsTrue(@TempDir Path folder) throws Exception {
    List<CheckRow> rows = new ArrayList<>();
    Path real = folder.toRealPath();
    try (SshServer server = SshServer.start(real.resolve("sshd"))) {
      new SandboxChecks(ENVIRONMENT)
          .run(
              new SshBackend(
                  Optional.of(server.settings(real.resolve("far").toString())),
                  SyncNotice.Listener.NONE),
              rows::add);
    }

    assertThat(rows).hasSize(EscapeCheck.values().length);
    assertThat(rows).filteredOn(row -> !row.held()).isEmpty();
    assertThat(rows)
        .filteredOn(row -> row.result() == Result.BLOCKED || row.result() == Result.BOUNDED)
        .isNotEmpty();
  }

  /// Claims everything and holds nothing.
  private static final class Boaster implements Backend {

    private final Backend local = new LocalBackend();

    @Override
    public String name() {
      return "boaster";
    }

    @Override
    public Situation.Wall holds() {
      return Situation.Wall.HELD;
    }

    @Override
    public Readiness readiness() {
      return local.readiness();
    }

    @Override
    public WayOut wayOut() {
      return WayOut.NONE;
    }

    @Override
    public Claim claim(EscapeCheck check) {
      return new Claim.Blocked();
    }

    @Override
    public Wall open(Enclosure enclosure) throws IOException, InterruptedException {
      return local.open(enclosure);
    }
  }
}
