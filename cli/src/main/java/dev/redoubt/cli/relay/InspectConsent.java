// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.Surroundings.Terminals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Asks whether a server may be started, and shows exactly what would be.
final class InspectConsent {

  /// What came of it.
  enum Answer {
    YES,
    NO,
    NOBODY
  }

  private InspectConsent() {}

  /// @param sandbox the name of what surrounds the server
  /// @param passed names of the variables that are handed on to it
  static Answer ask(Call call, ProxyOptions server, String sandbox, Set<String> passed) {
    if (call.has("--yes")) {
      return Answer.YES;
    }
    Terminals terminals = call.world().streams().terminals();
    if (!terminals.in() || !terminals.err()) {
      CommandOutput.note(
          call,
          "redoubt: not started: nobody can be asked here; add --yes before -- to start it inside"
              + " the sandbox %s",
          sandbox);
      return Answer.NOBODY;
    }
    String command =
        server.argv().stream().map(InspectConsent::quoted).collect(Collectors.joining(" "));
    CommandOutput.note(call, "This starts the program of somebody else:");
    CommandOutput.note(call, "  command  %s", command);
    CommandOutput.note(call, "  folder   %s, which it may write", server.folder());
    CommandOutput.note(call, "  sandbox  %s", sandbox);
    if (!passed.isEmpty()) {
      CommandOutput.note(call, "  passes   %s", String.join(", ", passed));
    }
    call.world().err().print("Start it? [y/N] ");
    call.world().err().flush();
    try {
      String answer =
          new BufferedReader(
                  new InputStreamReader(call.world().streams().in(), StandardCharsets.UTF_8))
              .readLine();
      boolean yes =
          answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
      return yes ? Answer.YES : Answer.NO;
    } catch (IOException e) {
      return Answer.NOBODY;
    }
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
