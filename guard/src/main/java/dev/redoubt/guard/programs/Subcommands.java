// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The subcommands of a program such as `systemctl`.
interface Subcommands {

  /// Returns the table of the subcommand `name`; null when it is not written down.
  @Nullable Table table(String name);

  /// Returns what `call` does: the options in front of the subcommand and the subcommand.
  ///
  /// A subcommand that is not known, or not written down, makes the call unknown.
  ///
  /// @param globals the options in front; a table that ends at the first operand
  static Reading read(Call call, Table globals, Subcommands subcommands) {
    Arguments front = globals.read(call.arguments());
    Reading options = TableReading.ofOptions(call.name(), globals, front);
    List<Arg> rest = front.operands();
    if (rest.isEmpty()) {
      return options;
    }
    Arg first = rest.getFirst();
    Table table = first instanceof Arg.Known(String name) ? subcommands.table(name) : null;
    String both = call.name() + " " + first.shown();
    if (table == null) {
      return new Draft(options).raise(Nature.UNKNOWN, both + " is not judged").done();
    }
    Arguments after = table.read(rest.subList(1, rest.size()));
    Reading reading = TableReading.of(both, table, after);
    Reading inside = new Draft(reading).in(TableReading.folders(front));
    // The reason of the subcommand stands unless an option in front is worse.
    return new Draft(inside).also(options).done();
  }
}
