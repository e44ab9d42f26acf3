// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;

/// `vitest run`: without `run` it stays and watches.
///
/// Source: the command-line reference of Vitest 3.
final class VitestManual implements Manual {

  private static final Table TABLE =
      Table.of(Nature.BUILD, "runs the workspace's tests")
          .configured("vitest vite")
          .flags("-hv --run --coverage --silent --passWithNoTests --no-color --version --help")
          .flags("--no-coverage --allowOnly --no-watch --typecheck --hideSkippedTests")
          .flags("--logHeapUsage --no-file-parallelism --fileParallelism --expandSnapshotDiff")
          .flags("--dangerouslyIgnoreUnhandledErrors --printConsoleTrace --no-isolate")
          .optional("--watch --bail --coverage.enabled")
          .values("-t --testNamePattern --testTimeout --shard --exclude --retry --maxWorkers")
          .values("--project --hookTimeout --maxConcurrency --minWorkers --changed --mode")
          .values("--sequence.seed --coverage.provider --coverage.include --coverage.exclude")
          .values(Meaning.SEARCHES, "--dir")
          .values(Meaning.CONFIG, "-c --config")
          .values(Meaning.WRITES, "--outputFile")
          .values(Meaning.OUTPUT, "--coverage.reportsDirectory")
          .values(Meaning.CHANGES, "-rw --root --reporter --environment --coverage.reporter")
          .values(Meaning.CHANGES, "--globals --pool --browser --workspace --configLoader")
          .flags(Meaning.CHANGES, "-u --update --ui --api --inspect")
          .operands(Operands.READ)
          .build();

  private static final List<Set<String>> OPTIONS =
      List.of(
          Set.of("--reporter"),
          Set.of("--environment"),
          Set.of("--pool"),
          Set.of("--coverage.reporter"));

  /// What comes with Vitest under each of them: any other name is a module.
  private static final List<Set<String>> NAMES =
      List.of(
          Set.of(
              "basic",
              "default",
              "dot",
              "github-actions",
              "hanging-process",
              "json",
              "junit",
              "minimal",
              "tap",
              "tap-flat",
              "tree",
              "verbose"),
          Set.of("edge-runtime", "happy-dom", "jsdom", "node"),
          Set.of("forks", "threads", "vmForks", "vmThreads"),
          CoverageManual.REPORTERS);

  @Override
  public Set<String> names() {
    return Set.of("vitest");
  }

  @Override
  public Reading read(Call call) {
    if (AskManual.isVersion(call.arguments())) {
      return Reading.harmless("shows the version of vitest", List.of());
    }
    List<Arg> arguments = call.arguments();
    for (int at = 0; at < OPTIONS.size(); at++) {
      arguments = Named.without(arguments, OPTIONS.get(at), NAMES.get(at));
    }
    boolean run = !arguments.isEmpty() && arguments.getFirst().equals(new Arg.Known("run"));
    List<Arg> rest = run ? arguments.subList(1, arguments.size()) : arguments;
    Arguments read = TABLE.read(rest);
    Draft draft = new Draft(TableReading.of("vitest", TABLE, read));
    if (!run && !read.has("--run", "--no-watch")) {
      draft.raise(Nature.CHANGES, "vitest without run stays");
    }
    return Builds.here(draft.done());
  }
}
