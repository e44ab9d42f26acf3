// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `nyc` and `c8` start the tests named behind their options and write down which lines ran.
///
/// Their configuration can name modules to load, so they are a build even when they only report.
///
/// Sources: the READMEs of nyc 17 and c8 10.
///
/// @param name which of the two
record CoverageManual(String name) implements Manual {

  private static final Table TABLE =
      Table.of(Nature.BUILD, "measures the workspace's tests")
          .endsAtOperand()
          .flags("-has --help --version --all --silent --check-coverage --per-file --skip-full")
          .flags("--clean --no-clean --cache --no-cache --source-map --omit-relative --100")
          .values("-xne --exclude --include --extension --lines --branches --functions")
          .values("--statements")
          .values(Meaning.WRITES, "-t --temp-dir --temp-directory --report-dir --reports-dir -o")
          .values(Meaning.CHANGES, "-ir --require --reporter --cwd --nycrc-path --config --resolve")
          .build();

  /// The reporters that come with both: any other name is a module that is loaded.
  static final Set<String> REPORTERS =
      Set.of(
          "clover",
          "cobertura",
          "html",
          "html-spa",
          "json",
          "json-summary",
          "lcov",
          "lcovonly",
          "none",
          "teamcity",
          "text",
          "text-lcov",
          "text-summary");

  private static final Set<String> REPORTER_OPTIONS = Set.of("-r", "--reporter");

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    Arguments arguments = TABLE.read(options(call.arguments()));
    Draft draft = new Draft(TableReading.ofOptions(name, TABLE, arguments));
    List<Arg> operands = arguments.operands();
    if (!operands.isEmpty()) {
      switch (Builds.texts(operands).getFirst()) {
        case "report", "check-coverage" -> {
          List<Arg> rest = operands.subList(1, operands.size());
          Arguments behind = TABLE.read(Named.without(rest, REPORTER_OPTIONS, REPORTERS));
          draft.also(TableReading.ofOptions(name, TABLE, behind));
          if (!behind.operands().isEmpty()) {
            draft.raise(Nature.UNKNOWN, name + " with words behind its verb is not judged");
          }
        }
        case "instrument", "merge" -> draft.raise(Nature.CHANGES, name + " writes files");
        default -> draft.want(new Reading.Want.Command(operands));
      }
    }
    return Builds.done(draft, arguments);
  }

  /* Only in front of the command: its own options are its own. */
  private static List<Arg> options(List<Arg> arguments) {
    List<String> texts = Builds.texts(arguments);
    int end = 0;
    while (end < texts.size()
        && (texts.get(end).startsWith("-") || (end > 0 && takesValue(texts.get(end - 1))))) {
      end++;
    }
    List<Arg> rest =
        new ArrayList<>(Named.without(arguments.subList(0, end), REPORTER_OPTIONS, REPORTERS));
    rest.addAll(arguments.subList(end, arguments.size()));
    return rest;
  }

  private static boolean takesValue(String option) {
    return TABLE.option(option).filter(found -> found.arity() == Option.Arity.REQUIRED).isPresent();
  }
}
