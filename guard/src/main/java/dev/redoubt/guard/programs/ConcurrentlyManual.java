// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Set;

/// `concurrently`: every operand is a line for a shell, or `npm:lint` for a script.
///
/// Source: the README of concurrently 9.
final class ConcurrentlyManual implements Manual {

  private static final Table TABLE =
      Table.of(Nature.BUILD, "runs several commands at once")
          .flags("-krgvhV --kill-others --kill-others-on-fail --kill-others-on-success --raw")
          .flags("--no-color --group --timings --help --version --pad-prefix")
          .values("-snpclmt --success --names --prefix --prefix-colors --prefix-length --hide")
          .values("--max-processes --timestamp-format --restart-tries --restart-after")
          .values("--kill-signal --name-separator --kill-timeout")
          .values(Meaning.SHELL, "--teardown")
          .values(Meaning.CHANGES, "--cwd --shell --default-input-target")
          .flags(Meaning.CHANGES, "-Pi --passthrough-arguments --handle-input")
          .build();

  @Override
  public Set<String> names() {
    return Set.of("concurrently");
  }

  @Override
  public Reading read(Call call) {
    List<List<Arg>> parts = Builds.split(call.arguments());
    Arguments arguments = TABLE.read(parts.getFirst());
    Draft draft = new Draft(TableReading.of("concurrently", TABLE, arguments));
    if (arguments.operands().isEmpty()) {
      draft.raise(Nature.UNKNOWN, "concurrently without a command is not judged");
    }
    if (!parts.getLast().isEmpty()) {
      draft.raise(Nature.UNKNOWN, "concurrently with words behind -- is not judged");
    }
    for (Arg operand : arguments.operands()) {
      command(draft, operand);
    }
    return Builds.done(draft, arguments);
  }

  private static void command(Draft draft, Arg operand) {
    String text = operand instanceof Arg.Known(String known) ? known : "";
    int colon = text.indexOf(':');
    String runner = colon < 0 ? "" : text.substring(0, colon);
    switch (runner) {
      case "npm", "pnpm", "yarn", "bun", "node" -> {
        if (text.indexOf(' ') >= 0 || runner.equals("node")) {
          draft.raise(Nature.UNKNOWN, "concurrently " + text + " is not judged");
        } else {
          Tasks.judge(draft, runner + " run", List.of(new Arg.Known(text.substring(colon + 1))));
        }
      }
      default -> draft.want(new Want.ShellText(operand));
    }
  }
}
