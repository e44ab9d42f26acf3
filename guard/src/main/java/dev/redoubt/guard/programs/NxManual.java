// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Arguments.Used;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `nx`: plain targets of the projects of the workspace.
///
/// `nx build app`, `nx run app:build`, `nx run-many -t build test` and `nx affected -t lint` build;
/// generators, migrations, `exec`, `release`, `serve` and every other word are questions.
///
/// Source: the command reference of Nx 21.
final class NxManual implements Manual {

  private static final Table TABLE =
      BundleShelf.bundles()
          .flags("-h --help --version --all --skip-nx-cache --skipNxCache --nx-bail --nxBail")
          .flags("--verbose --prod --coverage --codeCoverage --ci --runInBand --skipRemoteCache")
          .following("--parallel --outputStyle --output-style")
          .values("-pc --projects --exclude --base --head --configuration --maxParallel")
          .values("-t --target --targets")
          .values(Meaning.CHANGES, "--runner --graph --files --batch")
          .flags(Meaning.CHANGES, "--uncommitted --untracked --watch --fix --dte")
          .build();

  @Override
  public Set<String> names() {
    return Set.of("nx");
  }

  @Override
  public Reading read(Call call) {
    if (AskManual.isVersion(call.arguments())) {
      return Builds.here(new Reading(Nature.BUILD, "shows the version of nx", List.of()));
    }
    List<List<Arg>> parts = Builds.split(call.arguments());
    Arguments arguments = TABLE.read(parts.getFirst());
    Draft draft = new Draft(TableReading.ofOptions("nx", TABLE, arguments));
    List<Arg> targets = new ArrayList<>();
    for (Used one : arguments.used()) {
      if (one.value() != null && Set.of("-t", "--target", "--targets").contains(one.name())) {
        targets.addAll(each(one.value()));
      }
    }
    targets(targets, arguments.operands());
    if (targets.isEmpty()) {
      draft.raise(Nature.UNKNOWN, "nx without a target is not judged");
    }
    Tasks.judge(draft, "nx", targets);
    Tasks.handedOn(draft, parts.getLast());
    return Builds.done(draft, arguments);
  }

  /* A project may stand behind a target; it is a name only. Everything else has to be a target. */
  private static void targets(List<Arg> targets, List<Arg> operands) {
    if (operands.isEmpty()) {
      return;
    }
    List<Arg> rest = operands.subList(1, operands.size());
    switch (Builds.texts(operands).getFirst()) {
      case "run" -> {
        for (Arg both : rest) {
          String text = both instanceof Arg.Known(String known) ? known : "";
          String[] words = text.split(":", -1);
          targets.add(words.length > 1 ? new Arg.Known(words[1]) : both);
        }
      }
      case "run-many", "affected" -> targets.addAll(rest);
      default -> targets.add(operands.getFirst());
    }
  }

  private static List<Arg> each(Arg value) {
    if (!(value instanceof Arg.Known(String text))) {
      return List.of(value);
    }
    List<Arg> each = new ArrayList<>();
    for (String name : text.split(",", -1)) {
      each.add(new Arg.Known(name));
    }
    return each;
  }
}
