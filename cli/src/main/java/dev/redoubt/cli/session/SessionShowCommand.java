// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.session;

import dev.redoubt.agent.sessions.EventJson;
import dev.redoubt.agent.sessions.SessionExport;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.agent.sessions.SessionReader;
import dev.redoubt.agent.sessions.SessionReader.Recorded;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt session show`: what happened in a session.
public final class SessionShowCommand implements Command {

  @Override
  public CommandSpec spec() {
    return SessionOptions.of("ID", "The session, or the beginning of its id.")
        .addOption(SessionOptions.json());
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt session show 20261122-101500-3f9a2c1b", "redoubt session show 20261122 --json");
  }

  @Override
  public int run(Call call) {
    SessionId session = SessionOptions.session(call);
    List<Recorded> events = SessionReader.read(SessionOptions.folder(call), session);
    if (call.has("--json")) {
      for (Recorded event : events) {
        call.world().out().println(CommandOutput.ascii(EventJson.line(event.event())));
      }
    } else {
      SessionExport.markdown(session, events)
          .lines()
          .forEach(line -> CommandOutput.line(call, "%s", line));
    }
    return ExitCode.OK;
  }
}
