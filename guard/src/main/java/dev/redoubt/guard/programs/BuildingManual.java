// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.List;
import java.util.Set;

/// A test runner or linter whose table says everything.
///
/// @param options which take a module to load, or a name of something that comes with the tool
/// @param known these names
record BuildingManual(Set<String> names, Table table, Set<String> options, Set<String> known)
    implements Manual {

  BuildingManual {
    names = Set.copyOf(names);
    options = Set.copyOf(options);
    known = Set.copyOf(known);
  }

  BuildingManual(Set<String> names, Table table) {
    this(names, table, Set.of(), Set.of());
  }

  BuildingManual naming(Set<String> someOptions, Set<String> someNames) {
    return new BuildingManual(names, table, someOptions, someNames);
  }

  @Override
  public Reading read(Call call) {
    if (AskManual.isVersion(call.arguments())) {
      return Reading.harmless("shows the version of " + call.name(), List.of());
    }
    List<Arg> arguments = Named.without(call.arguments(), options, known);
    Reading reading = TableReading.of(call.name(), table, table.read(arguments));
    return Builds.withoutAddresses(call, Builds.here(reading));
  }
}
