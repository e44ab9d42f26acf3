// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;

/// unzip: unpacks an archive, or lists, tests and shows it with `-l`, `-t` and `-p`.
///
/// @param table for calls that unpack
/// @param shows the same options, for calls that only show
record UnzipManual(Table table, Table shows) implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("unzip");
  }

  @Override
  public Reading read(Call call) {
    Arguments arguments = table.read(call.arguments());
    boolean asks = arguments.operands().isEmpty() && arguments.possibleOptions().isEmpty();
    boolean isShown = asks || arguments.has("-l", "-v", "-t", "-p", "-c", "-z", "-Z");
    Draft draft = new Draft(TableReading.of("unzip", isShown ? shows : table, arguments));
    List<Arg> operands = arguments.operands();
    if (!operands.isEmpty()) {
      draft.file(Access.READ, operands.getFirst(), "");
    }
    if (!isShown) {
      draft.raise(Nature.CHANGES, "unzip unpacks files under names from the archive");
      draft.file(Access.WRITE, arguments.value("-d").orElse(new Arg.Known(".")), "");
    }
    return draft.done();
  }
}
