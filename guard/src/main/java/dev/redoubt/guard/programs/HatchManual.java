// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;

/// `hatch`: tests, builds, checks and scripts with a plain name.
///
/// Source: the command-line reference of Hatch 1.14.
final class HatchManual implements Manual {

  private static final Table TABLE =
      BuildShelf.builds()
          .flags("-vqhacp --verbose --quiet --help --all --cover --parallel --randomize --no-color")
          .flags("--check --no-interactive -l --linter -f --formatter")
          .values("-i --include -x --exclude -t --target --retries")
          .values(Meaning.CHANGES, "-e --env --project --data-dir --cache-dir --config")
          .flags(
              Meaning.CHANGES, "--sync --preview --unsafe-fixes --clean --clean-only --hooks-only")
          .build();

  @Override
  public Set<String> names() {
    return Set.of("hatch");
  }

  @Override
  public Reading read(Call call) {
    if (AskManual.isVersion(call.arguments())) {
      return Reading.harmless("shows the version of hatch", List.of());
    }
    List<List<Arg>> parts = Builds.split(call.arguments());
    Arguments arguments = TABLE.read(parts.getFirst());
    Draft draft = new Draft(TableReading.ofOptions("hatch", TABLE, arguments));
    List<Arg> operands = arguments.operands();
    String verb = operands.isEmpty() ? "" : Builds.texts(operands).getFirst();
    List<Arg> rest = operands.isEmpty() ? operands : operands.subList(1, operands.size());
    switch (verb) {
      case "test" -> Tasks.handedOn(draft, rest);
      case "run" -> {
        Tasks.judge(draft, "hatch run", rest);
        if (rest.size() != 1) {
          draft.raise(Nature.UNKNOWN, "hatch run takes the name of a script");
        }
      }
      case "fmt" -> {
        if (!arguments.has("--check")) {
          draft.raise(Nature.CHANGES, "hatch fmt rewrites files");
        }
      }
      case "build", "version", "status" -> {
        if (!rest.isEmpty()) {
          draft.raise(Nature.CHANGES, "hatch " + verb + " with more words changes something");
        }
      }
      default -> draft.raise(Nature.UNKNOWN, "hatch " + verb + " is not judged");
    }
    Tasks.handedOn(draft, parts.getLast());
    return Builds.done(draft, arguments);
  }
}
