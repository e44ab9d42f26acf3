// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubreaperTest {

  private Subreaper subreaper;

  @BeforeEach
  void open() throws KernelException {
    subreaper = Subreaper.open();
  }

  @AfterEach
  void close() {
    subreaper.killOrphans();
    subreaper.close();
  }

  @Test
  void anOrphanThatHidesIsFoundAndEnded() throws Exception {
    long pid = Long.parseLong(ran("(env -i setsid sleep 1000 >/dev/null 2>&1 & echo $!)"));
    ProcessHandle orphan = ProcessHandle.of(pid).orElseThrow();

    assertThat(subreaper.orphans()).contains(orphan);
    subreaper.killOrphans();

    assertThat(subreaper.orphans()).isEmpty();
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @Test
  void theChildrenOfAnOrphanAreEndedWithIt() throws Exception {
    long pid =
        Long.parseLong(
            ran("(setsid sh -c 'sleep 1000 & echo $!; exec >/dev/null 2>&1; sleep 1000' &)"));

    subreaper.killOrphans();

    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @Test
  void noExitCodeIsTakenFromTheJdk() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Callable<Integer> sweep =
        () -> {
          int sweeps = 0;
          while (!done.get()) {
            subreaper.killOrphans();
            sweeps++;
          }
          return sweeps;
        };
    FutureTask<Integer> sweeping = new FutureTask<>(sweep);
    Thread.ofPlatform().start(sweeping);
    List<Integer> codes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      codes.add(subreaper.start(() -> sh("exit 7")).waitFor());
    }
    done.set(true);

    assertThat(codes).containsOnly(7).hasSize(100);
    assertThat(sweeping.get()).isPositive();
  }

  @Test
  void aProgramTheJdkWaitsForIsNoOrphan() throws Exception {
    Process process = subreaper.start(() -> sh("echo on; exec sleep 1000"));
    process.inputReader().readLine();

    subreaper.killOrphans();

    assertThat(process.isAlive()).isTrue();
    process.destroyForcibly().waitFor();
  }

  @Test
  void aGroupIsSignalledTogether() throws Exception {
    Process process =
        subreaper.start(
            () -> new ProcessBuilder("setsid", "sh", "-c", "sleep 999 & sleep 999; :").start());
    while (process.descendants().count() < 2) {
      Thread.onSpinWait();
    }
    List<ProcessHandle> all = process.descendants().toList();

    assertThat(ProcessGroups.of(process.pid())).isEqualTo(process.pid());
    assertThat(ProcessGroups.signal(process.pid(), ProcessSignal.KILL)).isTrue();

    assertThat(process.waitFor()).isEqualTo(137);
    subreaper.killOrphans();
    assertThat(all).noneMatch(ProcessHandle::isAlive);
    assertThat(ProcessGroups.signal(process.pid(), ProcessSignal.KILL)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {-5, -1, 0, 1, 1L << 31, Long.MIN_VALUE})
  void whatMeansEverybodyIsNoGroup(long group) {
    assertThatThrownBy(() -> ProcessGroups.signal(group, ProcessSignal.CONTINUE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ourOwnGroupIsNotSignalled() throws Exception {
    long own = ProcessGroups.of(ProcessHandle.current().pid());

    assertThatThrownBy(() -> ProcessGroups.signal(own, ProcessSignal.CONTINUE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String ran(String line) throws IOException, InterruptedException {
    Process process = subreaper.start(() -> sh(line));
    try (BufferedReader reader = process.inputReader()) {
      String first = reader.readLine();
      process.waitFor();
      return first;
    }
  }

  private static Process sh(String line) throws IOException {
    return new ProcessBuilder("/bin/sh", "-c", line).start();
  }
}
