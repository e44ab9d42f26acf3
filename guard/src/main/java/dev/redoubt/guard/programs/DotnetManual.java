// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;

/// `dotnet`: reporters that come with it are no question, `format` rewrites unless it verifies.
///
/// Source: the command-line reference of .NET 9.
///
/// @param verbs what it does with the rest
record DotnetManual(Manual verbs) implements Manual {

  private static final Set<String> LOGGERS =
      Set.of(
          "console",
          "console;verbosity=detailed",
          "console;verbosity=minimal",
          "console;verbosity=normal",
          "html",
          "trx");

  @Override
  public Set<String> names() {
    return Set.of("dotnet");
  }

  @Override
  public Reading read(Call call) {
    List<Arg> arguments = Named.without(call.arguments(), Set.of("--logger", "-l"), LOGGERS);
    Reading reading = verbs.read(new Call(call.name(), arguments, call.input()));
    List<String> texts = Builds.texts(arguments);
    boolean formats = !texts.isEmpty() && texts.getFirst().equals("format");
    return formats && !texts.contains("--verify-no-changes")
        ? new Draft(reading).raise(Nature.CHANGES, "dotnet format rewrites files").done()
        : reading;
  }
}
