// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.sandbox.docker.DockerBackend;
import dev.redoubt.sandbox.docker.DockerEngine;
import dev.redoubt.sandbox.kernel.NeedsLandlock;
import dev.redoubt.sandbox.landlock.LandlockBackend;
import dev.redoubt.sandbox.local.LocalBackend;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.sandbox.processes.RunningCommand;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.ssh.SshBackend;
import dev.redoubt.sandbox.ssh.SshServer;
import dev.redoubt.sandbox.ssh.SyncNotice;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.testkit.NeedsEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands with a terminal of their own.
class TerminalTest {

  /* Whoever starts the tests may ignore the signal, and children inherit that. */
  private static final String ASKS =
      "exec env --default-signal=INT bash -c"
          + " 'stty size; read -r word; echo \"got $word\"; sleep 1000'";

  @TempDir Path folder;

  @Test
  void aCommandIsTypedToAndInterrupted() throws Exception {
    typedToAndInterrupted(new LocalBackend());
  }

  @Test
  @NeedsLandlock
  void behindLandlockToo() throws Exception {
    typedToAndInterrupted(new LandlockBackend());
  }

  @Test
  @NeedsEngine(value = "dockerd", right = NeedsEngine.Right.ROOT)
  void inAContainerToo() throws Exception {
    Files.createDirectories(folder.resolve("workspace"));
    DockerSandboxTest.giveAway(folder.resolve("workspace"));
    typedToAndInterrupted(new DockerBackend(DockerEngine.shared().settings()));
  }

  @Test
  @NeedsEngine("sshd")
  void onAnotherMachineToo() throws Exception {
    Path real = folder.toRealPath();
    try (SshServer server = SshServer.start(real.resolve("sshd"))) {
      typedToAndInterrupted(
          new SshBackend(
              Optional.of(server.settings(real.resolve("far").toString())),
              SyncNotice.Listener.NONE));
    }
  }

  private void typedToAndInterrupted(Backend backend) throws Exception {
    try (Enclosed walled = Enclosed.open(backend, folder, Enclosed.Preparation.NOTHING);
        RunningCommand command = started(walled, ASKS)) {
      BufferedReader shown =
          new BufferedReader(new InputStreamReader(command.fromOutput(), StandardCharsets.UTF_8));
      assertThat(shown.readLine()).isEqualTo("30 100");
      command.toInput().write("word\n".getBytes(StandardCharsets.UTF_8));
      assertThat(shown.readLine()).isEqualTo("word");
      assertThat(shown.readLine()).isEqualTo("got word");
      command.toInput().write(3);
      assertThat(command.await().ending()).isEqualTo(new Ending.Signalled(2));
      assertThat(shown.readLine()).isEqualTo("^C");
      assertThat(shown.readLine()).isNull();
    }
  }

  @Test
  void whatRunsOnATerminalIsEndedWithTheSandbox() throws Exception {
    RunningCommand command;
    try (Enclosed walled =
        Enclosed.open(new LocalBackend(), folder, Enclosed.Preparation.NOTHING)) {
      command = started(walled, "trap '' HUP; sleep 1000");
    }
    assertThat(command.isAlive()).isFalse();
    command.close();
    assertThat(command.fromOutput().read()).isEqualTo(-1);
    assertThatThrownBy(() -> command.resize(80, 24)).isInstanceOf(IOException.class);
  }

  private static RunningCommand started(Enclosed walled, String line) {
    Manner manner = new Manner(new Streams.Terminal(100, 30), Optional.empty(), true);
    Outcome outcome = walled.sandbox.perform(SandboxContract.permit(walled.line(line)), manner);
    return ((Outcome.Runs) outcome).command();
  }
}
