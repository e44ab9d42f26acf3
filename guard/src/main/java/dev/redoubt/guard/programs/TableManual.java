// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/// The manual of programs whose [Table] says everything.
///
/// @param names what they are called
record TableManual(Set<String> names, Table table) implements Manual {

  TableManual {
    names = Set.copyOf(names);
    requireNonNull(table, "table");
  }

  /// Returns the manual of the one program called `name`.
  static Manual of(String name, Table table) {
    return new TableManual(Set.of(name), table);
  }

  @Override
  public Reading read(Call call) {
    return TableReading.of(call.name(), table, table.read(call.arguments()));
  }
}
