// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;

/// The manual of a program that reads its first operand and writes its second, such as `uniq`.
///
/// @param table says of the options only
record InOutManual(String name, Table table) implements Manual {

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of(name, table, arguments));
    List<Arg> operands = arguments.operands();
    for (int i = 0; i < operands.size(); i++) {
      Arg operand = operands.get(i);
      if (!(operand instanceof Arg.Known)) {
        // It can be more than one word, and then the second is written.
        draft.raise(Nature.UNKNOWN, name + ": " + operand.shown() + " could name the output");
      }
      if (i > 0) {
        draft.file(Access.WRITE, operand, name + " writes its second file");
      }
    }
    return draft.done();
  }
}
