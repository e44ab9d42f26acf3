// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.Set;

/// date: shows the time; an operand without a `+` in front sets it.
///
/// Sources: date(1) of GNU coreutils 9 and of macOS, where `-j` says that nothing is set.
record DateManual() implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("date");
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of("date", table, arguments));
    for (Arg operand : arguments.operands()) {
      boolean format = operand instanceof Arg.Known(String text) && text.startsWith("+");
      if (!format && !arguments.has("-j")) {
        draft.raise(Nature.CHANGES, "date " + operand.shown() + " can set the clock");
      }
    }
    return draft.done();
  }

  private static Table table() {
    return Table.harmless("shows the time")
        .flags("-ujnR --utc --universal --rfc-email --rfc-2822 --debug --resolution")
        .flags("--help --version")
        .optional("-I --iso-8601")
        .values("-dv --date --rfc-3339")
        .values(Meaning.LISTS, "-r --reference")
        .values(Meaning.READS, "-f --file")
        .values(Meaning.CHANGES, "-s --set")
        .build();
  }
}
