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
          .flags("-hv --run --coverage --silent --passWithNoTests --no-color --version --help")
          .flags("--no-coverage --allowOnly --no-watch --typecheck --hideSkippedTests")
          .optional("--watch --bail --coverage.enabled")
          .values("-t --testNamePattern --testTimeout --shard --exclude --retry --maxWorkers")
          .values(
              Meaning.CHANGES, "-crw --config --root --dir --reporter --environment --outputFile")
          .values(Meaning.CHANGES, "--globals --pool --browser --workspace --configLoader")
          .flags(Meaning.CHANGES, "-u --update --ui --api --inspect")
          .operands(Operands.READ)
          .build();

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
