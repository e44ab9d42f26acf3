// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Program;
import dev.redoubt.sandbox.bubblewrap.BubblewrapBackend;
import dev.redoubt.sandbox.kernel.NeedsLandlock;
import dev.redoubt.sandbox.landlock.LandlockBackend;
import dev.redoubt.sandbox.local.LocalBackend;
import dev.redoubt.sandbox.processes.RunningCommand;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// A session of many short commands leaves as much behind as one of a few: nothing.
@Isolated("counts what this JVM holds")
class ManyCommandsTest {

  /* 1,000 in the profile "deep". */
  private static final int COMMANDS = Integer.getInteger("redoubt.commands", 150);

  private static final int BEFORE = 12;
  private static final int COMMANDS_OF_A_WALL = 25;
  /* The JVM's own come and go. */
  private static final int MORE_THREADS = 16;

  @TempDir Path folder;

  private final Set<String> walls = new TreeSet<>();

  @Test
  void local() throws Exception {
    nothingIsLeftBy(new LocalBackend());
  }

  @Test
  @NeedsLandlock
  void landlock() throws Exception {
    nothingIsLeftBy(new LandlockBackend());
  }

  @Test
  @NeedsEngine("bwrap")
  void bubblewrap() throws Exception {
    nothingIsLeftBy(new BubblewrapBackend());
  }

  private void nothingIsLeftBy(Backend backend) throws Exception {
    List<WeakReference<RunningCommand>> background = new ArrayList<>();
    Held before;
    Held after;
    try (Enclosed walled = Enclosed.open(backend, folder, Enclosed.Preparation.NOTHING)) {
      some(walled, BEFORE, background);
      wall(backend, BEFORE);
      seeWalls(walled);
      before = settled();
      for (int done = 0; done < COMMANDS; done += COMMANDS_OF_A_WALL) {
        some(walled, COMMANDS_OF_A_WALL, background);
        wall(backend, done);
      }
      after = settled();
      assertThat(stillHeld(background)).isZero();
    }

    assertThat(after.exact()).isEqualTo(before.exact());
    assertThat(after.threads()).isLessThan(before.threads() + MORE_THREADS);
    assertThat(SandboxContract.sleepers("4399")).isEmpty();
  }

  private static void some(
      Enclosed walled, int count, List<WeakReference<RunningCommand>> background) {
    IntStream.range(0, count)
        .parallel()
        .forEach(number -> {
          switch (number % 5) {
            case 0 -> assertThat(walled.said("echo one | cat")).isEqualTo("one\n");
            case 1 -> assertThat(walled.said("(setsid sleep 4399 &) >/dev/null 2>&1")).isEmpty();
            case 2 -> assertThat(walled.run("exit 3").ending().exitCode()).isEqualTo(3);
            case 3 -> {
              Action.Run gone =
                  new Action.Run(
                      new Program.Argv(List.of("no-such-program-of-redoubt")),
                      walled.workspace,
                      Map.of(),
                      Action.Input.NOTHING);
              assertThat(walled.perform(gone)).isNotNull();
            }
            default -> {
              Manner manner = new Manner(Streams.Captured.quiet(), Optional.empty(), true);
              RunningCommand command =
                  ((Outcome.Runs)
                          walled.sandbox.perform(
                              SandboxContract.permit(walled.line("sleep 4399")), manner))
                      .command();
              command.close();
              synchronized (background) {
                background.add(new WeakReference<>(command));
              }
            }
          }
        });
  }

  /* The JVM opens files of its own for a moment. */
  private Held settled() throws IOException, InterruptedException {
    Held last = Held.now(folder, walls);
    for (int look = 0; look < 50; look++) {
      TimeUnit.MILLISECONDS.sleep(20);
      Held now = Held.now(folder, walls);
      if (now.exact().equals(last.exact())) {
        return now;
      }
      last = now;
    }
    return last;
  }

  private void wall(Backend backend, int number) throws IOException, InterruptedException {
    Path own = Files.createDirectories(folder.resolve("wall-of-its-own"));
    try (Enclosed walled = Enclosed.open(backend, own, Enclosed.Preparation.NOTHING)) {
      assertThat(walled.said("echo " + number)).isEqualTo(number + "\n");
      seeWalls(walled);
    }
  }

  private void seeWalls(Enclosed walled) throws IOException {
    Path own = walled.state.resolve("sandbox");
    if (Files.exists(own)) {
      Enclosed.namesIn(own).forEach(name -> walls.add(name.toString()));
    }
  }

  private static long stillHeld(List<WeakReference<RunningCommand>> background)
      throws InterruptedException {
    long held = background.size();
    for (int look = 0; look < 100 && held > 0; look++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(20);
      held = background.stream().filter(command -> command.get() != null).count();
    }
    return held;
  }

  /// What this process holds of the machine.
  ///
  /// @param exact by name, what has to be the same
  private record Held(Map<String, Object> exact, int threads) {

    static Held now(Path folder, Set<String> walls) throws IOException {
      Map<String, Object> exact = new TreeMap<>();
      exact.put("descriptors", descriptors());
      exact.put("children", children());
      exact.put("mounts", mounts(folder));
      exact.put("files", filesIn(folder));
      exact.put("control groups", groups(walls));
      return new Held(exact, names(Path.of("/proc/self/task")).size());
    }

    /* By what they lead to: numbers are given again, pipes have numbers of their own. */
    private static Map<String, Integer> descriptors() throws IOException {
      Map<String, Integer> count = new TreeMap<>();
      for (Path name : names(Path.of("/proc/self/fd"))) {
        try {
          String target = Files.readSymbolicLink(name).toString().replaceAll("[0-9]+", "N");
          count.merge(target, 1, Integer::sum);
        } catch (IOException e) {
          // The one this list was read by.
        }
      }
      return count;
    }

    /* Those that ended and nobody asked about too. */
    private static List<String> children() throws IOException {
      List<String> children = new ArrayList<>();
      String parent = String.valueOf(ProcessHandle.current().pid());
      for (Path process : names(Path.of("/proc"))) {
        if (!Character.isDigit(process.getFileName().toString().charAt(0))) {
          continue;
        }
        try {
          String stat = Files.readString(process.resolve("stat"));
          String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
          if (fields[1].equals(parent)) {
            children.add(stat.substring(stat.indexOf('('), stat.lastIndexOf(')') + 3));
          }
        } catch (IOException e) {
          // It ended.
        }
      }
      return children;
    }

    private static TreeSet<String> filesIn(Path folder) throws IOException {
      try (Stream<Path> files = Files.walk(folder)) {
        return files
            .map(file -> folder.relativize(file).toString())
            .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
      }
    }

    private static List<String> mounts(Path folder) throws IOException {
      return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
          .filter(line -> line.contains(folder.toString()))
          .toList();
    }

    private static List<Path> groups(Set<String> walls) throws IOException {
      return ControlGroups.named(
          name -> walls.stream().anyMatch(wall -> name.startsWith("redoubt-" + wall + "-")));
    }

    private static List<Path> names(Path folder) throws IOException {
      try (Stream<Path> names = Files.list(folder)) {
        return names.toList();
      }
    }
  }
}
