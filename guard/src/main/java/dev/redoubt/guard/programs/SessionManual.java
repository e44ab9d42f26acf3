// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Arguments.Used;
import java.util.List;
import java.util.Set;

/// `tox` and `nox`: they run what the sessions of the workspace say.
///
/// Sessions are named after versions and packages, so any name will do, except one that says that
/// it does more than build and check. What is handed on behind `--` reaches the commands.
///
/// @param verbs words in front of which nothing else is meant than running or listing
record SessionManual(String name, Table table, Set<String> verbs) implements Manual {

  private static final Set<String> OPTIONS = Set.of("-e", "-s", "--session", "--sessions");

  SessionManual {
    verbs = Set.copyOf(verbs);
  }

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    if (AskManual.isVersion(call.arguments())) {
      return Reading.harmless("shows the version of " + name, List.of());
    }
    List<List<Arg>> parts = Builds.split(call.arguments());
    Arguments arguments = table.read(parts.getFirst());
    Draft draft = new Draft(TableReading.ofOptions(name, table, arguments));
    for (Used one : arguments.used()) {
      if (OPTIONS.contains(one.name())
          && !(one.value() instanceof Arg.Known(String s) && plain(s))) {
        draft.raise(Nature.UNKNOWN, name + " " + one.name() + " names what is no test or check");
      }
    }
    List<Arg> operands = arguments.operands();
    boolean verb = !operands.isEmpty() && verbs.contains(Builds.texts(operands).getFirst());
    Tasks.judge(draft, name, verb ? operands.subList(1, operands.size()) : operands);
    Tasks.handedOn(draft, parts.getLast());
    return Builds.done(draft, arguments);
  }

  private static boolean plain(String sessions) {
    for (String word : sessions.split("[^A-Za-z]+", -1)) {
      boolean more =
          switch (word) {
            case "bump", "deploy", "fix", "install", "publish", "push", "release", "upload" -> true;
            case "serve", "shell", "sync", "update", "upgrade", "watch", "run", "dev" -> true;
            default -> false;
          };
      if (more) {
        return false;
      }
    }
    return true;
  }
}
