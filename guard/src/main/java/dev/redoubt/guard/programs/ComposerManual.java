// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;

/// `composer`: scripts with a plain name and programs of the packages, besides looking.
///
/// Source: the command-line reference of Composer 2.
///
/// @param verbs what it does with its own verbs
record ComposerManual(Manual verbs) implements Manual {

  private static final Table FRONT =
      Table.of(Nature.BUILD, "runs the workspace's script")
          .endsAtOperand()
          .flags("-qvn --quiet --verbose --no-interaction --ansi --no-ansi --dev --no-dev")
          .values("--timeout")
          .build();

  @Override
  public Set<String> names() {
    return Set.of("composer");
  }

  @Override
  public Reading read(Call call) {
    List<Arg> arguments = call.arguments();
    String verb = arguments.isEmpty() ? "" : Builds.texts(arguments).getFirst();
    List<Arg> rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
    return switch (verb) {
      case "run", "run-script" -> script(rest);
      case "exec" -> {
        Arguments front = FRONT.read(rest);
        Draft draft = new Draft(TableReading.ofOptions("composer exec", FRONT, front));
        yield draft.also(Builds.runs("runs a program of the packages", front.operands())).done();
      }
      default -> Tasks.isPlain(verb) && !isVerb(verb) ? script(arguments) : verbs.read(call);
    };
  }

  private static Reading script(List<Arg> words) {
    Arguments front = FRONT.read(words);
    Draft draft = new Draft(TableReading.ofOptions("composer run", FRONT, front));
    List<Arg> operands = front.operands();
    if (operands.isEmpty()) {
      return Builds.here(draft.done());
    }
    Tasks.judge(draft, "composer run", operands.subList(0, 1));
    List<List<Arg>> parts = Builds.split(operands.subList(1, operands.size()));
    Tasks.handedOn(draft, parts.getFirst());
    Tasks.handedOn(draft, parts.getLast());
    return Builds.here(draft.done());
  }

  private static boolean isVerb(String name) {
    return name.equals("validate") || name.equals("help");
  }
}
