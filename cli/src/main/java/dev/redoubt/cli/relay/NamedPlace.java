// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.agent.servers.ServerPlan;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.guard.GuardEngine;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.Situation.Wall;
import java.nio.file.Path;
import java.util.List;

/// Judges whether a server that the operator named over HTTP is connected to: naming it allows it,
/// wherever it is, and a rule that denies it stays one.
final class NamedPlace {

  private NamedPlace() {}

  static Guard guard(Call call, Path folder, ServerPlan plan) {
    if (!(plan.action() instanceof Action.Connect connect)) {
      return GuardEngine.inFront(call, folder, Wall.NONE).guard();
    }
    List<String> typed = List.copyOf(call.arguments().originalArgs());
    String place = "net:%s:%d".formatted(host(connect.host()), connect.port());
    try {
      return GuardEngine.inFront(call.with(List.of("--allow", place)), folder, Wall.NONE).guard();
    } finally {
      // Calls share what was read of their arguments: nobody else is to be allowed that place.
      var _ = call.reread(typed);
    }
  }

  private static String host(String host) {
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
  }
}
