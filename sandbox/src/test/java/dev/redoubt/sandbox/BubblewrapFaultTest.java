// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.bubblewrap.BubblewrapBackend;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.sandbox.wall.ResourceLimits;
import dev.redoubt.testkit.NeedsEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes wrong around the backend `bubblewrap`, and what a command may use.
@NeedsEngine("bwrap")
class BubblewrapFaultTest {

  private static final ResourceLimits SMALL =
      new ResourceLimits(40, 256 << 20, 1 << 20, 4 << 20, 400);

  @TempDir Path folder;

  @Test
  void aKilledRedoubtTakesItsCommandsAlongAndLeavesNothingToTheNext() throws Exception {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Killed.class.getName(),
            folder.toString());
    Process redoubt =
        new ProcessBuilder(java).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(redoubt.getInputStream(), StandardCharsets.UTF_8));
    assertThat(said.readLine()).isEqualTo("runs");
    List<ProcessHandle> inside = redoubt.descendants().toList();
    assertThat(inside).isNotEmpty();
    assertThat(folder.resolve("workspace/.vscode")).isEmptyDirectory();
    Path left =
        Enclosed.namesIn(folder.resolve("state/sandbox")).stream()
            .filter(name -> name.toString().startsWith("wall-"))
            .findFirst()
            .orElseThrow();
    assertThat(groupsOf(left).isEmpty()).isNotEqualTo(groupsCanBeMade());

    redoubt.destroyForcibly().waitFor();
    for (ProcessHandle process : inside) {
      process.onExit().get(30, TimeUnit.SECONDS);
    }

    try (Enclosed next =
        Enclosed.open(new BubblewrapBackend(), folder, Enclosed.Preparation.NOTHING)) {
      assertThat(next.said("cat sub/.mcp.json r/.git/config 2>/dev/null; readlink .envrc"))
          .as("taken away before anything begins")
          .isEqualTo("variables\n");
      Files.writeString(next.workspace.resolve("sub/.mcp.json"), "of a person");
      assertThat(next.said("echo works")).isEqualTo("works\n");
    }
    Path workspace = folder.resolve("workspace");
    assertThat(Enclosed.namesIn(workspace))
        .map(Path::toString)
        .containsExactly(".envrc", ".mvn", "r", "s", "sub");
    assertThat(workspace.resolve("s/.git/config")).exists();
    assertThat(workspace.resolve("sub/.mcp.json")).hasContent("of a person");
    assertThat(Enclosed.namesIn(folder.resolve("state/sandbox")))
        .allMatch(name -> name.endsWith("quarantine") || name.toString().endsWith(".lock"));
    assertThat(groupsOf(left)).isEmpty();
  }

  private static boolean groupsCanBeMade() {
    return Files.isWritable(Path.of("/sys/fs/cgroup/pids"));
  }

  private static List<Path> groupsOf(Path wall) throws IOException {
    return ControlGroups.named(name -> name.startsWith("redoubt-" + wall + "-"));
  }

  /// The Redoubt that is killed.
  static final class Killed {

    private static final String LEAVING =
        "mkdir sub; echo x > sub/.mcp.json; git init -q r; git -C r config core.fsmonitor ./x;"
            + " git init -q s; rm .envrc; ln -s ../outside .envrc; ";

    private Killed() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      try (Enclosed walled =
          Enclosed.open(
              new BubblewrapBackend(),
              folder,
              (workspace, _) -> {
                Files.createDirectory(workspace.resolve(".mvn"));
                Files.createSymbolicLink(workspace.resolve(".envrc"), Path.of("variables"));
              })) {
        Thread running =
            Thread.ofPlatform().start(() -> walled.run(LEAVING + "touch begun; sleep 4391"));
        Path begun = walled.workspace.resolve("begun");
        while (!Files.exists(begun)) {
          Thread.onSpinWait();
        }
        Files.delete(begun);
        System.out.println("runs");
        running.join();
      }
    }
  }

  private Ended small(String line) throws IOException, InterruptedException {
    try (Enclosed walled =
        Enclosed.open(new BubblewrapBackend(), folder, SMALL, Enclosed.Preparation.NOTHING)) {
      return walled.run(line);
    }
  }

  @Test
  void processesAreBounded() throws Exception {
    Ended ended =
        small("i=0; while [ $i -lt 80 ]; do sleep 20 & i=$((i+1)); done; echo all of them");

    assertThat(ended.output().toString()).isEmpty();
    assertThat(ended.ending()).isNotEqualTo(new Ending.Exited(0));
  }

  @Test
  void temporaryFilesAreBounded() throws Exception {
    Ended ended =
        small(
            "for d in /tmp /var/tmp /dev/shm ~/.cache; do"
                + " for i in 1 2 3 4 5 6 7 8 9 10; do"
                + " head -c 900000 /dev/zero > $d/$i; done; cat $d/* | wc -c; done 2>/dev/null");

    assertThat(ended.output().toString().lines().map(Integer::parseInt))
        .hasSize(4)
        .allSatisfy(bytes -> assertThat(bytes).isBetween(3 << 20, 4 << 20));
  }

  @Test
  void aFileIsBounded() throws Exception {
    small("head -c 5000000 /dev/zero > large");

    assertThat(folder.resolve("workspace/large")).hasSize(1 << 20);
  }

  @Test
  void memoryIsBounded() throws Exception {
    Ended ended = small("x=$(head -c 400000000 /dev/zero | tr '\\0' a); echo ${#x}");

    assertThat(ended.output().toString()).doesNotContain("400000000");
  }

  @Test
  void aFolderThatIsNotSeenIsNotStartedIn() throws Exception {
    try (Enclosed walled =
        Enclosed.open(new BubblewrapBackend(), folder, Enclosed.Preparation.NOTHING)) {
      var line = walled.line("echo here");
      var elsewhere =
          new dev.redoubt.guard.Action.Run(
              line.program(), walled.home.resolve("gone"), line.environment(), line.input());

      assertThat(walled.perform(elsewhere)).isInstanceOf(Outcome.NotStarted.class);
    }
  }
}
