// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Set;

/// systemctl: shows units, or starts and changes them.
///
/// Source: systemctl(1) of systemd 252. `-H` and `-M` reach other machines.
record SystemctlManual() implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("systemctl");
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of("systemctl", table, arguments));
    List<Arg> operands = arguments.operands();
    if (!operands.isEmpty() && !shows(operands.getFirst())) {
      draft.raise(Nature.CHANGES, "systemctl starts or changes what runs later");
      draft.want(
          new Want.Opaque(
              "command.outlives", "systemctl", "systemctl lets commands outlive the line"));
    }
    return draft.done();
  }

  private static boolean shows(Arg verb) {
    return verb instanceof Arg.Known(String text)
        && switch (text) {
          case "status",
              "show",
              "cat",
              "help",
              "is-active",
              "is-enabled",
              "is-failed",
              "is-system-running",
              "get-default",
              "list-units",
              "list-unit-files",
              "list-sockets",
              "list-timers",
              "list-jobs",
              "list-dependencies",
              "list-machines",
              "list-paths",
              "list-automounts",
              "whoami" ->
              true;
          default -> false;
        };
  }

  private static Table table() {
    return Table.harmless("shows units")
        .flags("-alqr --all --full --quiet --recursive --no-pager --no-legend --plain")
        .flags("--user --system")
        .flags("--failed --value --with-dependencies --reverse --after --before --help")
        .flags("--version")
        .flags("--show-types --no-ask-password")
        .values("-tpno --type --property --state --lines --output --legend --timestamp")
        .values(Meaning.CHANGES, "-HM --host --machine --root --image")
        .build();
  }
}
