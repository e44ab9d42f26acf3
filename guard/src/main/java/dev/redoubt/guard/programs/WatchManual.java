// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Set;

/// `watch` hands its operands, joined by blanks, to a shell again and again.
final class WatchManual implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("watch");
  }

  private static Table table() {
    return Table.harmless("runs a command again and again")
        .endsAtOperand()
        .flags("-bcCefghprtvwx --beep --color --no-color --errexit --chgexit --no-rerun --precise")
        .flags("--no-title --no-wrap --exec --follow --help --version")
        .optional("-d --differences")
        .values("-nq --interval --equexit")
        .build();
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.ofOptions("watch", table, arguments));
    List<Arg> operands = arguments.operands();
    if (operands.isEmpty()) {
      return draft.done();
    }
    if (arguments.has("-x", "--exec")) {
      return draft.want(new Want.Command(operands)).done();
    }
    return draft.want(new Want.ShellText(joined(operands))).done();
  }

  /// Returns the operands as one text; unknown as soon as one of them is.
  static Arg joined(List<Arg> operands) {
    StringBuilder text = new StringBuilder();
    for (Arg operand : operands) {
      if (!(operand instanceof Arg.Known(String known))) {
        return operand instanceof Arg.Unknown
            ? operand
            : new Arg.Unknown(operand.shown(), "names of files become part of a text for a shell");
      }
      text.append(text.isEmpty() ? "" : " ").append(known);
    }
    return new Arg.Known(text.toString());
  }
}
