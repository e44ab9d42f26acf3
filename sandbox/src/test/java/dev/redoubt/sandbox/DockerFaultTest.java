// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.docker.ContainerMount;
import dev.redoubt.sandbox.docker.DockerBackend;
import dev.redoubt.sandbox.docker.DockerEngine;
import dev.redoubt.sandbox.docker.DockerSettings;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.sandbox.processes.RunningCommand;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.wall.Readiness;
import dev.redoubt.sandbox.wall.Tether;
import dev.redoubt.sandbox.wall.WallException;
import dev.redoubt.testkit.NeedsEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// What happens when an engine, a container or Redoubt itself goes away.
@NeedsEngine(value = "dockerd", right = NeedsEngine.Right.ROOT)
@ResourceLock("container engine")
class DockerFaultTest {

  @TempDir Path folder;

  @Test
  void anEngineThatDiesCutsTheCommandAndTheNextOneSaysSo() throws Exception {
    try (DockerEngine engine = DockerEngine.start()) {
      Enclosed walled = open(engine.settings());
      RunningCommand command = begun(walled, "echo begun; sleep 1000");

      engine.crash();

      Ended ended = command.await();
      assertThat(ended.ending()).isInstanceOf(Ending.Cut.class);
      assertThat(ended.loss().orElseThrow().kind()).isEqualTo(Tether.Loss.Kind.CUT);
      assertThat(ended.loss().orElseThrow().reason())
          .startsWith("the container engine went away while it ran");
      assertThat(walled.perform(walled.line("true"))).isInstanceOf(Outcome.NotStarted.class);
      engine.restart();
      assertThat(walled.run("echo again").output()).hasToString("again\n");
      walled.close();
      assertThat(engine.docker("ps", "--all", "--quiet")).isEmpty();
    }
  }

  @Test
  void anEngineThatAnswersNoMoreHoldsNobodyUp() throws Exception {
    try (DockerEngine engine = DockerEngine.start()) {
      Enclosed walled = open(new DockerBackend(engine.settings(), Duration.ofSeconds(3)));
      String id = container(engine, walled);
      Action.Run run = walled.line("echo x >> count; sleep 7660");
      Manner brief = new Manner(Streams.Captured.quiet(), Optional.of(Duration.ofSeconds(2)), true);
      RunningCommand command =
          ((Outcome.Runs) walled.sandbox.perform(SandboxContract.permit(run), brief)).command();
      awaitFile(walled.workspace.resolve("count"));

      engine.freeze();
      Ended ended = command.await();
      assertThat(ended.ending()).isEqualTo(new Ending.TimedOut(Duration.ofSeconds(2)));
      assertThat(ended.loss().orElseThrow().reason())
          .isEqualTo(
              "the container engine went away while it ran: no answer came within 3 seconds");
      assertThat(sleepers("7660")).isEmpty();
      assertThat(walled.perform(walled.line("echo x >> count")))
          .isInstanceOf(Outcome.NotStarted.class);
      engine.thaw();

      assertThat(walled.run("echo again").output()).hasToString("again\n");
      assertThat(walled.workspace.resolve("count")).hasContent("x");
      walled.close();
      assertThat(engine.docker("ps", "--all", "--quiet", "--no-trunc"))
          .doesNotContain(id)
          .isEmpty();
    }
  }

  @Test
  void aStormOfCancellationsLeavesNothingAndTheNextCommandRuns() throws Exception {
    DockerEngine engine = DockerEngine.shared();
    try (Enclosed walled = open(engine.settings())) {
      String id = container(engine, walled);
      List<Thread> storm = new ArrayList<>();
      List<Outcome> outcomes = new CopyOnWriteArrayList<>();
      for (int i = 0; i < 16; i++) {
        storm.add(
            Thread.ofPlatform()
                .start(() ->
                    outcomes.add(
                        walled.perform(
                            walled.line("trap '' TERM INT HUP; setsid sleep 7661 & sleep 7661")))));
      }
      for (int i = 0; i < storm.size(); i++) {
        TimeUnit.MILLISECONDS.sleep(i * 40L);
        storm.get(i).interrupt();
      }
      for (Thread one : storm) {
        one.join();
      }

      assertThat(outcomes)
          .hasSize(16)
          .allSatisfy(outcome ->
              assertThat(outcome)
                  .satisfiesAnyOf(
                      one -> assertThat(one).isInstanceOf(Outcome.NotStarted.class),
                      one ->
                          assertThat(((Outcome.Ran) one).ended().ending())
                              .isInstanceOf(Ending.Cut.class)));
      assertThat(sleepers("7661")).isEmpty();
      Outcome next = walled.perform(walled.line("echo next"));
      assertThat(((Outcome.Ran) next).ended().output()).hasToString("next\n");
      assertThat(engine.docker("top", id, "-o", "pid").lines()).hasSize(2);
    }
  }

  @Test
  void manyShortCommandsLeaveNothing() throws Exception {
    DockerEngine engine = DockerEngine.shared();
    int commands = Math.max(30, Integer.getInteger("redoubt.commands", 0) / 5);
    List<Path> state;
    try (Enclosed walled = open(engine.settings())) {
      String id = container(engine, walled);
      walled.run("true");
      state = Enclosed.namesIn(walled.state.resolve("sandbox"));
      for (int i = 0; i < commands; i++) {
        assertThat(walled.said("(setsid sleep 7662 &) >/dev/null 2>&1; echo " + i))
            .isEqualTo(i + "\n");
      }

      assertThat(container(engine, walled)).isEqualTo(id);
      assertThat(engine.docker("top", id, "-o", "pid").lines()).hasSize(2);
      assertThat(Enclosed.namesIn(walled.state.resolve("sandbox"))).isEqualTo(state);
      assertThat(sleepers("7662")).isEmpty();
    }
    assertThat(engine.docker("ps", "--all", "--quiet")).isEmpty();
  }

  @Test
  void aContainerThatIsRemovedFromOutsideCutsTheCommandWhichDoesNotRunAgain() throws Exception {
    DockerEngine engine = DockerEngine.shared();
    try (Enclosed walled = open(engine.settings())) {
      RunningCommand command = begun(walled, "echo x >> count; echo begun; sleep 1000");

      engine.docker("rm", "--force", container(engine, walled));

      Ended ended = command.await();
      assertThat(ended.ending()).isInstanceOf(Ending.Cut.class);
      assertThat(ended.loss().orElseThrow().reason())
          .isIn(
              "its container went away while it ran",
              "its container ended while it ran",
              "its container ended while it ran, or answers no more");
      assertThat(walled.perform(walled.line("true"))).isInstanceOf(Outcome.NotStarted.class);
      assertThat(walled.run("cat count").output()).hasToString("x\n");
    }
  }

  @Test
  void aContainerThatIsEndedFromOutsideCutsTheCommandAndTheNextOneGetsANewContainer()
      throws Exception {
    DockerEngine engine = DockerEngine.shared();
    try (Enclosed walled = open(engine.settings())) {
      RunningCommand command = begun(walled, "echo begun; sleep 1000");

      engine.docker("kill", container(engine, walled));

      assertThat(command.await().ending()).isInstanceOf(Ending.Cut.class);
      assertThat(walled.perform(walled.line("true")))
          .isEqualTo(
              new Outcome.NotStarted(
                  "the container of this session is gone",
                  "run the command again: it gets a new container, with an empty /tmp"));
      assertThat(walled.run("echo again").output()).hasToString("again\n");
    }
  }

  @Test
  void aHundredCommandsLeaveNothing() throws Exception {
    DockerEngine engine = DockerEngine.shared();
    String id;
    try (Enclosed walled = open(engine.settings())) {
      id = container(engine, walled);
      for (int i = 0; i < 100; i++) {
        assertThat(walled.run("echo " + i + "; sleep 1000 >/dev/null 2>&1 & true").output())
            .hasToString(i + "\n");
      }
      assertThat(engine.docker("top", id, "-o", "pid").lines()).hasSize(2);
    }
    assertThat(engine.docker("ps", "--all", "--quiet", "--no-trunc")).doesNotContain(id);
    assertThat(engine.docker("volume", "ls", "--quiet")).isEmpty();
    assertThat(engine.docker("network", "ls", "--format={{.Name}}").lines())
        .containsExactlyInAnyOrder("host", "none");
  }

  @Test
  void aContainerEndsWithTheRedoubtThatStartedItHoweverThatEnds() throws Exception {
    DockerEngine engine = DockerEngine.shared();
    Process other =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                OpenedElsewhere.class.getName(),
                engine.address().host(),
                folder.toRealPath().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String id;
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(said.readLine()).isEqualTo("open");
      id = container(engine, folder.toRealPath().resolve("workspace"));
      other.destroyForcibly().waitFor();
    }

    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (engine.docker("ps", "--all", "--quiet", "--no-trunc").contains(id)
        && System.nanoTime() < end) {}
    assertThat(engine.docker("ps", "--all", "--quiet", "--no-trunc")).doesNotContain(id);
  }

  @Test
  void onlyWhatBelongsToNobodyIsRemovedAtTheNextStart() throws Exception {
    DockerEngine engine = DockerEngine.shared();
    String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    String here = boot + "/" + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    String orphan = leave(engine, here + "/4194999/1");
    String foreign = leave(engine, "other-boot/pid:[1]/4194999/1");
    try (Enclosed walled = open(engine.settings())) {
      assertThat(engine.docker("ps", "--quiet", "--no-trunc"))
          .doesNotContain(orphan)
          .contains(foreign, container(engine, walled));
      try (Enclosed second = open(engine.settings())) {
        assertThat(walled.run("echo still").output()).hasToString("still\n");
        assertThat(second.run("echo too").output()).hasToString("too\n");
      }
    } finally {
      engine.docker("rm", "--force", foreign);
    }
  }

  @Test
  void nothingStaysInTheWorkspace() throws Exception {
    Enclosed walled = open(DockerEngine.shared().settings());
    walled.run("echo x > made; mkdir -p .vscode; echo x > .vscode/tasks.json; true");

    walled.close();

    assertThat(Enclosed.namesIn(walled.workspace)).containsExactly(Path.of("made"));
  }

  @Test
  void aWorkspaceOfRootIsRefusedWithWhatToDo() throws IOException {
    assertThatThrownBy(() ->
            Enclosed.open(
                new DockerBackend(DockerEngine.shared().settings()),
                folder,
                Enclosed.Preparation.NOTHING))
        .isInstanceOf(WallException.class)
        .hasMessageContaining("belongs to root");
  }

  @Test
  void whatIsMissingIsSaidWithWhatToDo() {
    DockerEngine engine = DockerEngine.shared();
    DockerSettings settings = engine.settings();

    assertThatThrownBy(() -> open(settings.withImage("no-such/image:1")))
        .isInstanceOfSatisfying(
            WallException.class, e -> assertThat(e.fix()).contains("docker pull no-such/image:1"));
    assertThatThrownBy(() -> open(settings.withImage("--privileged")))
        .isInstanceOf(WallException.class);
    assertThatThrownBy(() ->
            open(
                new DockerSettings(
                    settings.image(), settings.engine(), Optional.of("0:0"), List.of(), List.of())))
        .isInstanceOf(WallException.class);
    assertThatThrownBy(() ->
            open(
                new DockerSettings(
                    settings.image(),
                    settings.engine(),
                    Optional.empty(),
                    List.of(
                        new ContainerMount(Path.of("/var"), "/x", ContainerMount.Mode.READ_ONLY)),
                    List.of())))
        .isInstanceOf(WallException.class);
    assertThat(engine.docker("ps", "--all", "--quiet")).isEmpty();
  }

  @Test
  void readinessOnlyLooks() {
    DockerSettings nowhere =
        new DockerSettings(
            Optional.of(DockerEngine.IMAGE),
            new DockerSettings.Engine(
                "unix:///nowhere/engine.sock", Optional.empty(), Optional.empty()),
            Optional.empty(),
            List.of(),
            List.of());

    assertThat(new DockerBackend(nowhere).readiness()).isInstanceOf(Readiness.NotReady.class);
    assertThat(new DockerBackend(DockerSettings.NONE).readiness())
        .isInstanceOf(Readiness.NotReady.class);
    assertThat(new DockerBackend(DockerEngine.shared().settings()).readiness())
        .isInstanceOf(Readiness.Ready.class);
  }

  private static void awaitFile(Path file) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.exists(file) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static List<String> sleepers(String seconds) {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().arguments().map(a -> List.of(a).contains(seconds)).orElse(false))
        .map(p -> p.pid() + " " + p.info().commandLine().orElse(""))
        .toList();
  }

  private Enclosed open(DockerSettings settings) throws IOException, InterruptedException {
    return open(new DockerBackend(settings));
  }

  private Enclosed open(DockerBackend backend) throws IOException, InterruptedException {
    return Enclosed.open(
        backend,
        Files.createTempDirectory(folder, "session"),
        (workspace, _) -> DockerSandboxTest.giveAway(workspace));
  }

  private static RunningCommand begun(Enclosed walled, String line) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Manner told =
        new Manner(
            new Streams.Captured(
                dev.redoubt.guard.Content.of(""),
                Streams.Caps.DEFAULT,
                (_, _, _) -> begun.countDown()),
            Optional.empty(),
            true);
    Outcome outcome = walled.sandbox.perform(SandboxContract.permit(walled.line(line)), told);
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    return ((Outcome.Runs) outcome).command();
  }

  private static String container(DockerEngine engine, Enclosed walled) {
    return container(engine, walled.workspace);
  }

  private static String container(DockerEngine engine, Path workspace) {
    return engine.docker("ps", "--quiet", "--no-trunc", "--filter", "volume=" + workspace);
  }

  private static String leave(DockerEngine engine, String owner) {
    return engine.docker(
        "run",
        "--detach",
        "--network=none",
        "--label=dev.redoubt.owner=" + owner,
        DockerEngine.IMAGE,
        "sleep",
        "1000");
  }

  /// Opens a sandbox and stays: the program of another Redoubt.
  static final class OpenedElsewhere {
    private OpenedElsewhere() {}

    public static void main(String[] args) throws Exception {
      DockerSettings settings =
          new DockerSettings(
              Optional.of(DockerEngine.IMAGE),
              new DockerSettings.Engine(args[0], Optional.empty(), Optional.empty()),
              Optional.empty(),
              List.of(),
              List.of());
      Enclosed walled =
          Enclosed.open(
              new DockerBackend(settings),
              Path.of(args[1]),
              (workspace, _) -> DockerSandboxTest.giveAway(workspace));
      System.out.println("open");
      new CountDownLatch(1).await();
      walled.close();
    }
  }
}
