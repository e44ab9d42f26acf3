// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;

/// unzip: unpacks an archive, or lists, tests and shows it with `-l`, `-t` and `-p`.
record UnzipManual(Table table) implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("unzip");
  }

  @Override
  public Reading read(Call call) {
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of("unzip", table, arguments));
    List<Arg> operands = arguments.operands();
    if (!operands.isEmpty()) {
      draft.file(Access.READ, operands.getFirst(), "");
    }
    boolean asks = operands.isEmpty() && arguments.possibleOptions().isEmpty();
    if (!asks && !arguments.has("-l", "-v", "-t", "-p", "-c", "-z", "-Z")) {
      draft.raise(Nature.CHANGES, "unzip unpacks files under names from the archive");
      draft.file(Access.WRITE, arguments.value("-d").orElse(new Arg.Known(".")), "");
    }
    return draft.done();
  }
}
