// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.sandbox.bubblewrap.BubblewrapBackend;
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
import org.junit.jupiter.api.parallel.ResourceLock;

/// Commands with a terminal of their own.
@ResourceLock("container engine")
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

  @Test
  @NeedsEngine("bwrap")
  void behindBubblewrapToo() throws Exception {
    typedToAndInterrupted(new BubblewrapBackend());
  }

  @Test
  @NeedsEngine("bwrap")
  void aShellBehindBubblewrapHasItsTerminalForItself() throws Exception {
    try (Enclosed walled =
            Enclosed.open(new BubblewrapBackend(), folder, Enclosed.Preparation.NOTHING);
        RunningCommand command =
            started(walled, "exec env --default-signal PS1= bash --norc --noprofile -i")) {
      Typist shell = new Typist(command);

      assertThat(shell.says("stty -echo; test -t 0 -a -t 1 -a -t 2; echo =$?")).isEqualTo("=0");
      assertThat(shell.says("perl -e '$x = \"x\"; ioctl(STDIN, 0x5412, $x) or print \"=$!\\n\"'"))
          .isEqualTo("=Operation not permitted");
      assertThat(shell.says("sleep 1000 & jobs %% | grep -c Running | sed s/^/=/")).isEqualTo("=1");
      assertThat(shell.says("trap 'echo =$(stty size)' WINCH; echo =set")).isEqualTo("=set");
      command.resize(90, 20);
      assertThat(shell.says("")).isEqualTo("=20 90");
      // What is typed ahead goes to the shell, and is thrown away when a line is interrupted.
      assertThat(
              shell.says("echo =cat; cat; echo =$?; jobs %+ | grep -c 'Stopped.*cat' | sed s/^/=/"))
          .isEqualTo("=cat");
      shell.type("begun\n");
      shell.awaits("begun");
      command.toInput().write(26);
      assertThat(shell.says("")).isEqualTo("=148");
      assertThat(shell.says("")).isEqualTo("=1");
      assertThat(shell.says("PROMPT_COMMAND='echo =$?'; echo =fg; fg >/dev/null")).isEqualTo("=fg");
      shell.type("again\n");
      shell.awaits("again");
      command.toInput().write(3);
      assertThat(shell.says("")).isEqualTo("=130");
      shell.type("exit 7\n");
      assertThat(command.await().ending()).isEqualTo(new Ending.Exited(7));
    }
  }

  /// Types and reads until an answer, which begins with an equals sign.
  private record Typist(RunningCommand command, BufferedReader shown) {
    Typist(RunningCommand command) {
      this(
          command,
          new BufferedReader(new InputStreamReader(command.fromOutput(), StandardCharsets.UTF_8)));
    }

    void type(String text) throws IOException {
      command.toInput().write(text.getBytes(StandardCharsets.UTF_8));
    }

    String says(String line) throws IOException {
      type(line.isEmpty() ? "" : line + "\n");
      String answer = shown.readLine();
      while (answer != null && !answer.startsWith("=")) {
        answer = shown.readLine();
      }
      return String.valueOf(answer);
    }

    void awaits(String line) throws IOException {
      while (!String.valueOf(shown.readLine()).equals(line)) {
        Thread.onSpinWait();
      }
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
