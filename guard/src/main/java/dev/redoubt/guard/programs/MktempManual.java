// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// mktemp: makes a new file or folder, by itself in the folder for such things.
///
/// Source: mktemp(1) of GNU coreutils 9.
record MktempManual() implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("mktemp");
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of("mktemp", table, arguments));
    Optional<Arg> folder = arguments.value("-p", "--tmpdir");
    List<Arg> operands = arguments.operands();
    for (Arg template : operands) {
      draft.file(
          Access.WRITE,
          folder.isPresent() ? CopyManual.below(folder.get(), template) : template,
          "");
    }
    if (operands.isEmpty() && folder.isPresent()) {
      draft.file(Access.WRITE, CopyManual.below(folder.get(), new Arg.Known("tmp.XXXXXXXXXX")), "");
    }
    return draft.done();
  }

  private static Table table() {
    return Table.filesOnly("makes a temporary file")
        .flags("-dqutV --directory --quiet --dry-run --help --version")
        .optional("--tmpdir")
        .values("-p --suffix")
        .build();
  }
}
