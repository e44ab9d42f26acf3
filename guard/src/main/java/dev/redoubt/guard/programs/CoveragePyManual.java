// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `coverage` of Python: `run -m pytest` is what `python -m pytest` is, the reports are builds
/// because plugins of the workspace take part.
///
/// Source: the command-line reference of coverage.py 7.
final class CoveragePyManual implements Manual {

  private static final Table RUN =
      options()
          .endsAtOperand()
          .flags("-ap --append --branch --parallel-mode --timid -m --module")
          .values("--concurrency --context")
          .values(Meaning.WRITES, "--data-file")
          .flags(Meaning.CHANGES, "-L --pylib --save-signal")
          .build();

  private static final Table REPORT =
      options()
          .flags("-mi --show-missing --ignore-errors --skip-covered --no-skip-covered --keep")
          .flags("-a --append --skip-empty --pretty-print -q --quiet --show-contexts")
          .values("--fail-under --precision --sort --format --contexts --title")
          .values(Meaning.WRITES, "-o --data-file")
          .values(Meaning.OUTPUT, "-d --directory")
          .operands(Operands.READ)
          .build();

  private static Table.Builder options() {
    return Table.of(Nature.BUILD, "measures the workspace's tests")
        .flags("-h --help")
        .values("--include --omit --source")
        .values(Meaning.CHANGES, "--rcfile --debug");
  }

  @Override
  public Set<String> names() {
    return Set.of("coverage");
  }

  @Override
  public Reading read(Call call) {
    if (AskManual.isVersion(call.arguments())) {
      return Reading.harmless("shows the version of coverage", List.of());
    }
    List<Arg> arguments = call.arguments();
    String verb = arguments.isEmpty() ? "" : Builds.texts(arguments).getFirst();
    return switch (verb) {
      case "run" -> run(arguments.subList(1, arguments.size()));
      case "report", "html", "xml", "json", "lcov", "combine" -> {
        Arguments read = REPORT.read(arguments.subList(1, arguments.size()));
        yield Builds.here(TableReading.of("coverage " + verb, REPORT, read));
      }
      default -> Reading.unknown("coverage " + verb + " is not judged", List.of());
    };
  }

  private static Reading run(List<Arg> arguments) {
    Arguments front = RUN.read(arguments);
    Draft draft = new Draft(TableReading.ofOptions("coverage run", RUN, front));
    List<Arg> python = new ArrayList<>(List.of(new Arg.Known("python")));
    if (front.has("-m", "--module")) {
      python.add(new Arg.Known("-m"));
    }
    if (front.operands().isEmpty()) {
      draft.raise(Nature.UNKNOWN, "coverage run without a program runs what its settings say");
    }
    python.addAll(front.operands());
    return Builds.here(draft.want(new Want.Command(python)).done());
  }
}
