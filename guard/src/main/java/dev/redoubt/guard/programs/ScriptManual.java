// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `script` records a shell, or what `-c` names; on BSD the command follows the file.
final class ScriptManual implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("script");
  }

  private static Table table() {
    return Table.filesOnly("records a terminal")
        .endsAtOperand()
        .flags("-aefqhV --append --return --flush --force --quiet --help --version")
        .values("-EcmOo --echo --logging-format --output-limit --command")
        .values(Meaning.WRITES, "-BIT --log-io --log-in --log-timing --log-out")
        .optional(Meaning.WRITES, "-t --timing")
        .build();
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.ofOptions("script", table, arguments));
    if (AskManual.isVersion(call.arguments())) {
      return draft.done();
    }
    List<Arg> operands = arguments.operands();
    Arg file = operands.isEmpty() ? new Arg.Known("typescript") : operands.getFirst();
    draft.file(Access.WRITE, file, "script writes a record");
    Optional<Arg> text = arguments.value("-c", "--command");
    text.ifPresent(it -> draft.want(new Want.ShellText(it)));
    if (operands.size() > 1) {
      draft.want(new Want.Command(operands.subList(1, operands.size())));
    } else if (text.isEmpty()) {
      draft.raise(Nature.UNKNOWN, "script starts a shell");
    }
    return draft.done();
  }
}
