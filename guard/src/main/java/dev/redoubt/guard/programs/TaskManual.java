// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;

/// A build tool whose operands are tasks of the workspace's build file.
record TaskManual(Set<String> names, Table table) implements Manual {

  TaskManual {
    names = Set.copyOf(names);
  }

  @Override
  public Reading read(Call call) {
    if (AskManual.isVersion(call.arguments())) {
      return Reading.harmless("shows the version of " + call.name(), List.of());
    }
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.ofOptions(call.name(), table, arguments));
    for (Arg task : arguments.operands()) {
      if (!(task instanceof Arg.Known(String name)) || !Tasks.isPlain(name)) {
        draft.raise(Nature.UNKNOWN, call.name() + " " + task.shown() + " is not a plain task");
      }
    }
    return Builds.done(draft, arguments);
  }
}
