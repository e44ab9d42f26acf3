// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;

/// A tool that runs tasks of the packages of the workspace: `turbo run build`, `lerna run test`.
///
/// What is handed on behind `--` reaches the tasks, and is judged like what `npm test --` hands on.
///
/// @param verbs words in front of the tasks that mean no more than "run"
record PackagesManual(String name, Table table, Set<String> verbs) implements Manual {

  PackagesManual {
    verbs = Set.copyOf(verbs);
  }

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    if (AskManual.isVersion(call.arguments())) {
      return Builds.here(new Reading(Nature.BUILD, "shows the version of " + name, List.of()));
    }
    List<List<Arg>> parts = Builds.split(call.arguments());
    Arguments arguments = table.read(parts.getFirst());
    Draft draft = new Draft(TableReading.ofOptions(name, table, arguments));
    List<Arg> tasks = arguments.operands();
    boolean run = !tasks.isEmpty() && verbs.contains(Builds.texts(tasks).getFirst());
    Tasks.judge(draft, name, run ? tasks.subList(1, tasks.size()) : tasks);
    if (tasks.size() < (run ? 2 : 1)) {
      draft.raise(Nature.UNKNOWN, name + " without a task is not judged");
    }
    Tasks.handedOn(draft, parts.getLast());
    return Builds.done(draft, arguments);
  }
}
