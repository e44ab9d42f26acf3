// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.programs.Reading.Want;
import java.util.Locale;
import java.util.Set;

/// ps: shows processes; with a bare `e` also their environment.
///
/// Sources: ps(1) of procps 4 and of macOS, which has `-E` for the environment.
record PsManual() implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("ps");
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of("ps", table, arguments));
    boolean environment = arguments.has("-E");
    for (Arguments.Used one : arguments.used()) {
      // A column can be called `environ`, also among others.
      Arg value = one.value();
      environment |= value != null && value.shown().toLowerCase(Locale.ROOT).contains("env");
    }
    for (Arg operand : arguments.operands()) {
      environment |= operand instanceof Arg.Known(String text) && isLettersWithE(text);
    }
    if (environment) {
      draft.want(
          new Want.Opaque("command.environment", "ps e", "shows the environment of processes"));
    }
    return draft.done();
  }

  private static boolean isLettersWithE(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z')) {
        return false;
      }
    }
    return text.indexOf('e') >= 0;
  }

  private static Table table() {
    return Table.harmless("shows processes")
        .judgedFurther()
        .numbers()
        .flags("-aAcdeEfFHjlLMmNrSTVvwxyZ --deselect --forest --headers --no-headers")
        .flags("--info --context")
        .flags("--cumulative --help --version")
        .values("-CgGkoOpqstuU --format --sort --pid --ppid --user --User --group --Group")
        .values("--tty --sid")
        .values("--cols --columns --rows --lines --width --quick-pid --signames")
        .build();
  }
}
