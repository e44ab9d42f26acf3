// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;

/// A program that only shows or checks when one of its options says so, as `rpm -q` does.
///
/// @param table what its options mean when one of `options` is among them
/// @param options the ones that make it show or check
record QueryManual(Set<String> names, Table table, List<String> options) implements Manual {

  QueryManual {
    names = Set.copyOf(names);
    options = List.copyOf(options);
  }

  @Override
  public Reading read(Call call) {
    if (AskManual.isVersion(call.arguments())) {
      return AskManual.version(call.name());
    }
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of(call.name(), table, arguments));
    if (!arguments.has(options.toArray(String[]::new))) {
      draft.raise(
          Nature.CHANGES, call.name() + " without " + options.getFirst() + " changes files");
    }
    return Builds.withoutAddresses(call, Builds.here(draft.done()));
  }
}
