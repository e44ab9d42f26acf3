// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import java.util.List;
import java.util.Set;

/// zip: packs the other operands into the first.
record ZipManual(Table table) implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("zip");
  }

  @Override
  public Reading read(Call call) {
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of("zip", table, arguments));
    List<Arg> operands = arguments.operands();
    for (int i = 0; i < operands.size(); i++) {
      Arg operand = operands.get(i);
      boolean archive = i == 0 || !(operands.getFirst() instanceof Arg.Known);
      if (archive && !operand.equals(new Arg.Known("-"))) {
        draft.file(Access.WRITE, operand, "zip writes an archive");
        if (operand instanceof Arg.Known(String text)) {
          draft.file(Access.WRITE, new Arg.Known(text + ".zip"), "zip writes an archive");
        }
      }
      if (i > 0) {
        draft.file(Access.SEARCH, operand, "");
      }
    }
    return draft.done();
  }
}
