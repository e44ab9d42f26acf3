// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.session;

import dev.redoubt.agent.sessions.SessionFolder;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.agent.sessions.SessionReader;
import dev.redoubt.agent.sessions.SessionText;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt session search`: the sessions in which something was said.
public final class SessionSearchCommand implements Command {

  private static final int MOST_LINES = 5;
  private static final int LONGEST = 200;

  @Override
  public CommandSpec spec() {
    return SessionOptions.of("TEXT", "What to look for, in any case of letters.");
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt session search \"null pointer\"", "redoubt session search Parser.java");
  }

  @Override
  public int run(Call call) {
    String wanted = call.parameter(0).orElse("").toLowerCase(Locale.ROOT);
    SessionFolder sessions = SessionOptions.folder(call);
    boolean found = false;
    for (SessionId session : sessions.all().reversed()) {
      List<String> lines =
          SessionText.lines(SessionReader.read(sessions, session)).stream()
              .filter(line -> line.toLowerCase(Locale.ROOT).contains(wanted))
              .limit(MOST_LINES)
              .toList();
      found |= !lines.isEmpty();
      for (String line : lines) {
        CommandOutput.line(
            call, "%s  %s", session, line.length() > LONGEST ? line.substring(0, LONGEST) : line);
      }
    }
    return found ? ExitCode.OK : ExitCode.NO;
  }
}
