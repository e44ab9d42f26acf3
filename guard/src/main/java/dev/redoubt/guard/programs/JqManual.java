// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// jq: filters JSON. It writes nothing and starts nothing, but it can show the environment.
///
/// Source: jq(1) 1.7.
record JqManual() implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("jq");
  }

  @Override
  public Reading read(Call call) {
    Draft named = new Draft(Nature.HARMLESS, "");
    List<Arg> rest = withoutNamed(call.arguments(), named);
    Table table = table();
    Arguments arguments = table.read(rest);
    Draft draft = new Draft(TableReading.of("jq", table, arguments)).also(named.done());
    List<Arg> operands = arguments.operands();
    if (arguments.has("-f", "--from-file")) {
      draft.raise(Nature.UNKNOWN, "jq -f runs a filter from a file");
    } else if (!operands.isEmpty()) {
      JqFilter.read("jq", operands.getFirst(), draft);
      operands = operands.subList(1, operands.size());
    }
    if (!arguments.has("--args", "--jsonargs")) {
      for (Arg operand : operands) {
        draft.file(Access.READ, operand, "");
      }
    }
    return draft.done();
  }

  /// Returns the arguments without the options that take a name and a value.
  private static List<Arg> withoutNamed(List<Arg> arguments, Draft named) {
    List<Arg> rest = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Arg arg = arguments.get(i);
      boolean text = isOne(arg, "--arg", "--argjson");
      if (!text && !isOne(arg, "--slurpfile", "--rawfile")) {
        rest.add(arg);
        continue;
      }
      for (int value = i + 1; value <= i + 2 && value < arguments.size(); value++) {
        if (!(arguments.get(value) instanceof Arg.Known)) {
          // It can be more than one word: what follows could be the filter.
          rest.add(arguments.get(value));
        }
      }
      if (!text && i + 2 < arguments.size()) {
        named.want(new Want.File(Access.READ, arguments.get(i + 2)));
      }
      i += 2;
    }
    return rest;
  }

  private static boolean isOne(Arg arg, String first, String second) {
    return arg instanceof Arg.Known(String text) && (text.equals(first) || text.equals(second));
  }

  private static Table table() {
    return Table.harmless("filters JSON")
        .judgedFurther()
        .flags("-nrRscCMaSejhV --tab --unbuffered --stream --stream-errors --seq")
        .flags("--ascii-output")
        .flags("--raw-output --raw-output0 --join-output --null-input --raw-input")
        .flags("--slurp --ascii")
        .flags("--compact-output --color-output --monochrome-output --sort-keys")
        .flags("--exit-status")
        .flags("--args --jsonargs --build-configuration --help --version --binary -b")
        .values("--indent")
        .values(Meaning.READS, "-f --from-file")
        .values(Meaning.UNKNOWN, "-L --library-path")
        .build();
  }
}
