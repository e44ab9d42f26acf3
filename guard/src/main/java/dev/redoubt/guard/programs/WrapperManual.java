// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.programs.Reading.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A program whose operands are, after the first few, the command that it starts.
///
/// @param leading how many operands come before the command
/// @param outlives why the command outlives the line; null when it does not
/// @param variables whether `NAME=value` may stand before the command
record WrapperManual(
    String name, Table table, int leading, @Nullable String outlives, Variables variables)
    implements Manual {

  /// Whether variables may be set before the command.
  enum Variables {
    NONE,
    BEFORE_COMMAND
  }

  WrapperManual(String name, Table table, int leading) {
    this(name, table, leading, null, Variables.NONE);
  }

  WrapperManual outliving(String why) {
    return new WrapperManual(name, table, leading, why, variables);
  }

  WrapperManual allowingVariables() {
    return new WrapperManual(name, table, leading, outlives, Variables.BEFORE_COMMAND);
  }

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.ofOptions(name, table, arguments));
    List<Arg> operands = arguments.operands();
    for (int at = 0; at < Math.min(leading, operands.size()); at++) {
      if (!(operands.get(at) instanceof Arg.Known)) {
        // It may be gone or be many: where the command starts is then not known.
        draft.want(unknownCommand(operands.get(at)));
      }
    }
    if (operands.size() > leading) {
      command(operands.subList(leading, operands.size()), draft);
    }
    return draft.in(TableReading.folders(arguments));
  }

  private void command(List<Arg> operands, Draft draft) {
    List<Reading.Variable> set = new ArrayList<>();
    int at = 0;
    while (variables == Variables.BEFORE_COMMAND && at < operands.size()) {
      Reading.Variable variable = EnvManual.variable(operands.get(at));
      if (variable == null) {
        break;
      }
      set.add(variable);
      at++;
    }
    if (outlives != null) {
      draft.want(new Want.Opaque("command.outlives", name, outlives));
    }
    if (at < operands.size()) {
      Want command = new Want.Command(operands.subList(at, operands.size()));
      draft.want(set.isEmpty() ? command : new Want.With(set, List.of(command)));
    }
  }

  static Want unknownCommand(Arg from) {
    return new Want.Opaque(
        "shell.unknown-command", from.shown(), "nobody knows where the command starts");
  }
}
