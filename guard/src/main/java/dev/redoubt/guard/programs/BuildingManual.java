// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A test runner or linter whose table says everything.
///
/// @param known options that take a module to load, or a name of something that comes with the tool
record BuildingManual(Set<String> names, Table table, List<KnownNames> known) implements Manual {

  /// @param options with their dashes
  /// @param names what they may name without loading anything but the tool itself
  record KnownNames(Set<String> options, Set<String> names) {
    KnownNames {
      options = Set.copyOf(options);
      names = Set.copyOf(names);
    }
  }

  BuildingManual {
    names = Set.copyOf(names);
    known = List.copyOf(known);
  }

  BuildingManual(Set<String> names, Table table) {
    this(names, table, List.of());
  }

  BuildingManual naming(Set<String> someOptions, Set<String> someNames) {
    List<KnownNames> all = new ArrayList<>(known);
    all.add(new KnownNames(someOptions, someNames));
    return new BuildingManual(names, table, all);
  }

  @Override
  public Reading read(Call call) {
    if (AskManual.isVersion(call.arguments())) {
      return Reading.harmless("shows the version of " + call.name(), List.of());
    }
    List<Arg> arguments = call.arguments();
    for (KnownNames one : known) {
      arguments = Named.without(arguments, one.options(), one.names());
    }
    Reading reading = TableReading.of(call.name(), table, table.read(arguments));
    return Builds.withoutAddresses(call, Builds.here(reading));
  }
}
