// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Set;

/// `flock` holds a lock file while a command or a text for the shell runs.
final class FlockManual implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("flock");
  }

  private static Table table() {
    return Table.filesOnly("holds a lock")
        .endsAtOperand()
        .flags("-Feonsxuv --no-fork --exclusive --close --nonblock --nb --shared --unlock")
        .flags("--verbose --help --version -hV")
        .values("-Ew --conflict-exit-code --timeout --wait")
        .build();
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.ofOptions("flock", table, arguments));
    List<Arg> operands = arguments.operands();
    if (operands.isEmpty()) {
      return draft.done();
    }
    draft.file(Access.WRITE, operands.getFirst(), "flock makes the lock file");
    if (operands.size() > 1) {
      boolean isText =
          operands.get(1) instanceof Arg.Known(String text)
              && (text.equals("-c") || text.equals("--command"));
      if (isText && operands.size() > 2) {
        draft.want(new Want.ShellText(operands.get(2)));
      } else {
        draft.want(new Want.Command(operands.subList(1, operands.size())));
      }
    }
    return draft.done();
  }
}
