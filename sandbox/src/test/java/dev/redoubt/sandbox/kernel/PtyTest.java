// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.sandbox.kernel.LandlockRules.Tcp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Isolated
class PtyTest {

  @Test
  void aProgramSeesATerminalOfTheGivenSize() throws Exception {
    assertThat(shown("tty; stty size; test -t 0 && test -t 1 && test -t 2 && echo all"))
        .matches("/dev/pts/\\d+\r\n24 80\r\nall\r\n");
  }

  @Test
  void aProgramLeadsASessionWithTheTerminal() throws Exception {
    assertThat(shown("echo yes > /dev/tty; ps -o pid=,sid=,tpgid= -p $$"))
        .matches("yes\r\n\\s*(\\d+)\\s+\\1\\s+\\1\r\n");
  }

  @Test
  void whatIsTypedArrivesAndControlCInterrupts() throws Exception {
    try (Pty pty = Pty.open(80, 24)) {
      Process process =
          started(
              pty,
              "exec env --default-signal=INT sh -c 'read -r line; echo \"got $line\"; exec cat'");
      pty.input().write("words\n".getBytes(StandardCharsets.UTF_8));
      assertThat(line(pty)).isEqualTo("words\r\n");
      assertThat(line(pty)).isEqualTo("got words\r\n");
      // Once cat has answered, nothing but it is there to be interrupted.
      pty.input().write("more\n".getBytes(StandardCharsets.UTF_8));
      assertThat(line(pty)).isEqualTo("more\r\n");
      assertThat(line(pty)).isEqualTo("more\r\n");
      pty.input().write(3);
      assertThat(process.waitFor()).isEqualTo(130);
    }
  }

  @Test
  void anotherSizeIsToldToTheProgram() throws Exception {
    try (Pty pty = Pty.open(80, 24)) {
      Process process =
          started(pty, "trap 'stty size; exit' WINCH; echo ready; while :; do sleep 0.05; done");
      assertThat(line(pty)).isEqualTo("ready\r\n");
      pty.resize(132, 50);
      assertThat(line(pty)).isEqualTo("50 132\r\n");
      assertThat(process.waitFor()).isZero();
    }
  }

  @Test
  void aLotOfOutputArrivesWhole() throws Exception {
    assertThat(shown("seq 1 20000").lines().count()).isEqualTo(20_000);
  }

  @Test
  void closingEndsABlockedReadAndHangsUp() throws Exception {
    Pty pty = Pty.open(80, 24);
    // Whoever started this may ignore the signal, and nothing may come before that is undone.
    Process process =
        started(pty, "exec env --default-signal=HUP sh -c 'echo ready; exec sleep 1000'");
    assertThat(line(pty)).isEqualTo("ready\r\n");
    Callable<Integer> read = () -> pty.output().read();
    FutureTask<Integer> reading = new FutureTask<>(read);
    Thread.ofPlatform().start(reading);

    pty.close();

    assertThat(reading.get()).isEqualTo(-1);
    assertThat(process.waitFor()).isEqualTo(129);
    assertThat(pty.output().read()).isEqualTo(-1);
    assertThatThrownBy(() -> pty.input().write(1)).isInstanceOf(KernelException.class);
  }

  @Test
  void noOtherChildInheritsTheTerminal() throws Exception {
    try (Pty _ = Pty.open(80, 24)) {
      Process other = new ProcessBuilder("ls", "-l", "/proc/self/fd").start();
      String all = new String(other.getInputStream().readNBytes(1 << 16), StandardCharsets.UTF_8);
      assertThat(all).doesNotContain("/dev/pts/").doesNotContain("ptmx");
    }
  }

  @Test
  void closingGivesEverythingBack() throws Exception {
    long before = descriptors();
    for (int i = 0; i < 50; i++) {
      Pty.open(80, 24).close();
    }
    assertThat(descriptors()).isLessThan(before + 10);
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,0", "1001,1", "1,1001", "-1,5"})
  void aSizeNoTerminalHasIsRefused(int columns, int rows) {
    assertThatThrownBy(() -> Pty.open(columns, rows)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @NeedsLandlock
  void aConfinedProgramMayHaveOne() throws Exception {
    Path folder = Files.createTempDirectory("pty");
    StartPlan plan = Confined.plan(Confined.rules(folder, new Tcp.Open()), Sockets.INTERNET);
    try (Pty pty = Pty.open(80, 24);
        StartProgram start = StartProgram.write(plan, folder.resolve("start"))) {
      Process process =
          start.start(
              Confined.described(
                  List.of(
                      "sh",
                      "-c",
                      "stty size; tty; ps -o pid=,sid=,tpgid= -p $$;" + " ls /dev/pts")),
              Optional.of(folder.resolve("report")),
              Optional.of(pty.peer()));
      Thread.ofVirtual().start(() -> release(process, pty));
      String shown = new String(pty.output().readNBytes(1 << 16), StandardCharsets.UTF_8);
      assertThat(shown)
          .matches(
              "24 80\r\n"
                  + pty.peer()
                  + "\r\n\\s*(\\d+)\\s+\\1\\s+\\1\r\nls: .*ermission denied\r\n");
      assertThat(process.waitFor()).isEqualTo(2);
    } finally {
      Files.delete(folder.resolve("report"));
      Files.delete(folder);
    }
  }

  private static long descriptors() throws IOException {
    try (var all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }

  private static Process started(Pty pty, String line) throws IOException {
    Process process =
        new ProcessBuilder(pty.around(List.of("/bin/bash", "--norc", "-c", line))).start();
    Thread.ofVirtual().start(() -> release(process, pty));
    return process;
  }

  private static void release(Process process, Pty pty) {
    try {
      process.waitFor();
      pty.release();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String shown(String line) throws Exception {
    try (Pty pty = Pty.open(80, 24)) {
      Process process = started(pty, line);
      String shown = new String(pty.output().readNBytes(1 << 20), StandardCharsets.UTF_8);
      process.waitFor();
      return shown;
    }
  }

  private static String line(Pty pty) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = 0;
    while (next != '\n' && next != -1) {
      next = pty.output().read();
      line.append((char) next);
    }
    return line.toString();
  }
}
