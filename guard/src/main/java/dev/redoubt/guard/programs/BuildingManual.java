// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.List;
import java.util.Set;

/// A test runner or linter whose table says everything.
record BuildingManual(Set<String> names, Table table) implements Manual {

  BuildingManual {
    names = Set.copyOf(names);
  }

  @Override
  public Reading read(Call call) {
    if (AskManual.isVersion(call.arguments())) {
      return Reading.harmless("shows the version of " + call.name(), List.of());
    }
    Reading reading = TableReading.of(call.name(), table, table.read(call.arguments()));
    return Builds.withoutAddresses(call, Builds.here(reading));
  }
}
