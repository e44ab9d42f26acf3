// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;

/// getent: shows entries of the system's databases.
///
/// Source: getent(1) of glibc. `shadow` holds secrets and `hosts` asks name servers.
record GetentManual() implements Manual {

  @Override
  public Set<String> names() {
    return Set.of("getent");
  }

  @Override
  public Reading read(Call call) {
    Table table = table();
    Arguments arguments = table.read(call.arguments());
    Draft draft = new Draft(TableReading.of("getent", table, arguments));
    List<Arg> operands = arguments.operands();
    if (operands.isEmpty()) {
      return draft.done();
    }
    switch (operands.getFirst().shown()) {
      case "passwd",
          "group",
          "services",
          "protocols",
          "networks",
          "rpc",
          "aliases",
          "ethers",
          "initgroups" -> {}
      case "shadow", "gshadow" ->
          draft.file(Access.READ, new Arg.Known("/etc/" + operands.getFirst().shown()), "");
      case "hosts", "ahosts", "ahostsv4", "ahostsv6" -> {
        if (operands.size() > 1) {
          draft.raise(Nature.UNKNOWN, "getent asks a name server");
        }
      }
      default -> draft.raise(Nature.UNKNOWN, "getent: the database is not known");
    }
    return draft.done();
  }

  private static Table table() {
    return Table.harmless("shows entries of the system")
        .flags("-iA? --no-idn --no-addrconfig --help --version")
        .values("-s --service")
        .build();
  }
}
