// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import java.util.List;
import java.util.Set;

/// split and csplit: write the parts of a file under names that begin alike.
///
/// Sources: split(1), csplit(1) of GNU coreutils 9.
///
/// @param prefixOption the option with the beginning; `-` when it is the second operand
/// @param prefix the beginning when none is given
record SplitManual(String name, Table table, String prefixOption, String prefix) implements Manual {

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of(name, table, arguments));
    List<Arg> operands = arguments.operands();
    if (!operands.isEmpty() && !operands.getFirst().equals(new Arg.Known("-"))) {
      draft.file(Access.READ, operands.getFirst(), "");
    }
    draft.file(Access.WRITE, parts(arguments), "");
    return draft.done();
  }

  private Arg parts(Arguments arguments) {
    List<Arg> operands = arguments.operands();
    Arg begin = new Arg.Known(prefix);
    if (!prefixOption.equals("-")) {
      begin = arguments.value(prefixOption, "--prefix").orElse(begin);
    } else if (operands.size() > 1) {
      begin = operands.get(1);
    } else if (!operands.isEmpty() && !(operands.getFirst() instanceof Arg.Known)) {
      begin = operands.getFirst();
    }
    return switch (begin) {
      case Arg.Known(String text) -> new Arg.Glob(FindNames.escape(text) + "*");
      case Arg.Glob(String pattern) -> new Arg.Glob(pattern + "*");
      case Arg.Unknown unknown -> unknown;
    };
  }
}
