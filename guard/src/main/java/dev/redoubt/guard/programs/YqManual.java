// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.programs.Arguments.Used;
import java.util.List;
import java.util.Set;

/// yq: filters YAML. Two programs have the name; only what both understand alike is known.
///
/// Sources: `yq --help` of yq 4 by Mike Farah and of the wrapper around jq by Andrey Kislyuk.
record YqManual() implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("yq");
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of("yq", table, arguments));
    List<Arg> operands = arguments.operands();
    if (!operands.isEmpty() && isSubcommand(operands.getFirst())) {
      operands = operands.subList(1, operands.size());
    }
    if (!operands.isEmpty()) {
      JqFilter.read("yq", operands.getFirst(), draft);
      // Alone it can be the file.
      operands = operands.size() == 1 ? operands : operands.subList(1, operands.size());
    }
    Access access = writes(arguments) ? Access.WRITE : Access.READ;
    for (Arg operand : operands) {
      if (!operand.equals(new Arg.Known("-"))) {
        draft.file(access, operand, "yq -i changes files");
      }
    }
    return draft.done();
  }

  private static boolean isSubcommand(Arg operand) {
    return operand instanceof Arg.Known(String text)
        && (text.equals("e")
            || text.equals("eval")
            || text.equals("ea")
            || text.equals("eval-all"));
  }

  private static boolean writes(Arguments arguments) {
    for (Used one : arguments.used()) {
      if (one.name().equals("-i")
          || one.name().equals("--inplace")
          || one.name().equals("--in-place")) {
        return true;
      }
    }
    return false;
  }

  private static Table table() {
    return Table.harmless("filters YAML")
        .judgedFurther()
        .flags(
            "-reCMPnNyYiV --inplace --in-place --null-input --exit-status --no-doc --prettyPrint")
        .flags("--raw-output --yaml-output --no-colors --colors --unwrapScalar --help")
        .flags("--version")
        .values("-op --output-format --input-format --indent")
        .build();
  }
}
