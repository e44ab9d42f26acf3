// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A program whose first operand says what it does and that needs nothing but tables.
///
/// @param globals the options in front of the verb; ends at the first operand
/// @param verbs the table of each verb, of two words such as `config get` too
record VerbManual(Set<String> names, Table globals, Subcommands verbs) implements Manual {

  VerbManual {
    names = Set.copyOf(names);
  }

  /// Returns the manual of the one program called `name`.
  static VerbManual of(String name, Table globals, Subcommands verbs) {
    return new VerbManual(Set.of(name), globals, verbs);
  }

  @Override
  public Reading read(Call call) {
    if (AskManual.isVersion(call.arguments())) {
      return AskManual.version(call.name());
    }
    Reading reading = Builds.here(Subcommands.read(joined(call), globals, verbs));
    return Builds.withoutAddresses(call, reading);
  }

  /// Joins the first two words when they are a verb together.
  private Call joined(Call call) {
    List<Arg> args = call.arguments();
    if (args.size() > 1
        && args.get(0) instanceof Arg.Known(String first)
        && args.get(1) instanceof Arg.Known(String second)
        && verbs.table(first + " " + second) != null) {
      List<Arg> together = new ArrayList<>();
      together.add(new Arg.Known(first + " " + second));
      together.addAll(args.subList(2, args.size()));
      return new Call(call.name(), together, call.input());
    }
    return call;
  }
}
