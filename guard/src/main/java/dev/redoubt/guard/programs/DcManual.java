// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Arguments.Used;
import java.util.Set;

/// dc: a calculator whose `!` runs a command.
///
/// Source: dc(1) of GNU bc 1.07. Without `-e` and `-f` it reads its program from its input.
record DcManual() implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("dc");
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of("dc", table, arguments));
    boolean given = arguments.has("-V", "-h", "--version", "--help");
    for (Used one : arguments.used()) {
      if (one.value() != null && (one.name().equals("-e") || one.name().equals("--expression"))) {
        given = true;
        program(one.value(), draft);
      }
    }
    for (Arg operand : arguments.operands()) {
      given = true;
      draft.file(Access.READ, operand, "");
      draft.raise(Nature.UNKNOWN, "dc runs a program from a file");
    }
    if (!given) {
      switch (call.input()) {
        case Call.Input.Nothing() -> {}
        case Call.Input.Given(String text) -> program(new Arg.Known(text), draft);
        case Call.Input.Unknown _, Call.Input.Names _ ->
            draft.raise(Nature.UNKNOWN, "dc runs what it reads");
      }
    }
    return draft.done();
  }

  private static void program(Arg program, Draft draft) {
    if (!(program instanceof Arg.Known(String text)) || text.indexOf('!') >= 0) {
      draft.raise(Nature.CHANGES, "dc ! runs a command");
    }
  }

  private static Table table() {
    return Table.harmless("calculates")
        .judgedFurther()
        .flags("-Vh --version --help")
        .values("-e --expression")
        .values(Meaning.UNKNOWN, "-f --file")
        .build();
  }
}
