// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.programs.Reading.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `env` sets variables and starts a program, or shows every variable when there is none.
final class EnvManual implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("env");
  }

  /// `-S` splits a text with rules of its own and is not followed.
  private static Table table() {
    return Table.harmless("starts a command with other variables")
        .endsAtOperand()
        .flags("-0iv --null --ignore-environment --debug --help --version")
        .flags("--list-signal-handling")
        .optional("--block-signal --default-signal --ignore-signal")
        .values("-u --unset -a --argv0")
        .values(Meaning.FOLDER, "-C --chdir")
        .values(Meaning.UNKNOWN, "-S --split-string")
        .build();
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.ofOptions("env", table, arguments));
    if (arguments.has("-S", "--split-string")) {
      draft.want(
          new Want.Opaque("command.code", "env -S", "env splits a text into a command by itself"));
    }
    if (arguments.has("-a", "--argv0")) {
      draft.want(
          new Want.Opaque(
              "command.code", "env --argv0", "a program may do something else under another name"));
    }
    List<Reading.Variable> variables = new ArrayList<>();
    for (Arguments.Used one : arguments.used()) {
      if (one.value() != null && (one.name().equals("-u") || one.name().equals("--unset"))) {
        variables.add(unset(one.value()));
      }
    }
    List<Arg> operands = arguments.operands();
    int at = 0;
    if (at < operands.size()
        && operands.get(at) instanceof Arg.Known(String text)
        && text.equals("-")) {
      at++;
    }
    while (at < operands.size()) {
      Reading.Variable variable = variable(operands.get(at));
      if (variable == null) {
        break;
      }
      variables.add(variable);
      at++;
    }
    List<Want> wants = new ArrayList<>();
    if (at < operands.size()) {
      wants.add(new Want.Command(operands.subList(at, operands.size())));
    } else if (!AskManual.isVersion(call.arguments())) {
      wants.add(
          new Want.Opaque("command.environment", "env", "shows every variable, secrets included"));
    }
    if (variables.isEmpty()) {
      wants.forEach(draft::want);
    } else {
      draft.want(new Want.With(variables, wants));
    }
    return draft.in(TableReading.folders(arguments));
  }

  private static Reading.Variable unset(Arg name) {
    return new Reading.Variable(
        name instanceof Arg.Known(String text) ? text : name.shown(),
        new Arg.Unknown(name.shown(), "it is unset"));
  }

  /// Returns the variable that `operand` sets; null when it is none.
  static Reading.@Nullable Variable variable(Arg operand) {
    if (!(operand instanceof Arg.Known(String text))) {
      return null;
    }
    int equals = text.indexOf('=');
    return equals < 1
        ? null
        : new Reading.Variable(
            text.substring(0, equals), new Arg.Known(text.substring(equals + 1)));
  }
}
