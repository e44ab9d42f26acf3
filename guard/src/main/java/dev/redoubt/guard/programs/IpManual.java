// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;

/// ip: shows addresses and routes, or changes them.
///
/// Source: ip(8) of iproute2. Objects and verbs may be shortened; only verbs that show are known.
record IpManual() implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("ip");
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of("ip", table, arguments));
    List<Arg> operands = arguments.operands();
    for (int i = 0; i < operands.size(); i++) {
      boolean known =
          operands.get(i) instanceof Arg.Known(String text)
              && (i == 0 ? isObject(text) : i > 1 || shows(text));
      if (!known) {
        draft.raise(Nature.CHANGES, "ip " + operands.get(i).shown() + " can change the network");
      }
    }
    return draft.done();
  }

  private static boolean isObject(String text) {
    return switch (text) {
      case "a",
          "addr",
          "address",
          "l",
          "link",
          "r",
          "route",
          "ro",
          "n",
          "neigh",
          "neighbour",
          "neighbor",
          "ru",
          "rule",
          "m",
          "maddr",
          "maddress",
          "mroute",
          "tunnel",
          "tcp_metrics",
          "monitor",
          "mo",
          "addrlabel",
          "ntable" ->
          true;
      default -> false;
    };
  }

  private static boolean shows(String text) {
    return switch (text) {
      case "s", "sh", "show", "l", "ls", "list", "lst", "g", "get", "help" -> true;
      default -> false;
    };
  }

  private static Table table() {
    return Table.harmless("shows the network")
        .words()
        .endsAtOperand()
        .judgedFurther()
        .flags("-4 -6 -0 -M -B -br -brief -c -color -j -json -p -pretty -s -stats")
        .flags("-statistics -ss -d")
        .flags("-details -o -oneline -h -human -human-readable -iec -N -Numeric -t")
        .flags("-timestamp -V")
        .flags("-Version --color --json --brief -ts -tshort -a -all -r -resolve")
        .values("-f -family -l -loops")
        .build();
  }
}
