// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.Set;

/// sysctl: shows settings of the kernel, or sets them as `name=value`.
///
/// Source: sysctl(8) of procps 4.
record SysctlManual() implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("sysctl");
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of("sysctl", table, arguments));
    for (Arg operand : arguments.operands()) {
      if (!(operand instanceof Arg.Known(String text)) || text.indexOf('=') >= 0) {
        draft.raise(Nature.CHANGES, "sysctl " + operand.shown() + " can set something");
      }
    }
    return draft.done();
  }

  private static Table table() {
    return Table.harmless("shows settings of the kernel")
        .flags("-aAXNnbeqdhV --all --names --values --binary --ignore --quiet")
        .flags("--deprecated --help")
        .flags("--version --dry-run")
        .values("-r --pattern")
        .flags(Meaning.CHANGES, "-w --write --system")
        .optional(Meaning.CHANGES, "-pf --load")
        .build();
  }
}
