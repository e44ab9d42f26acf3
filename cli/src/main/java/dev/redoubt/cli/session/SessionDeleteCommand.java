// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.session;

import dev.redoubt.agent.sessions.SessionBusyException;
import dev.redoubt.agent.sessions.SessionChanges;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt session delete`: deletes a session and its log; that it was there stays in the
/// evidence.
public final class SessionDeleteCommand implements Command {

  @Override
  public CommandSpec spec() {
    return SessionOptions.of("ID", "The session, or the beginning of its id.");
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt session delete 20261122-101500-3f9a2c1b", "redoubt session delete 20261122");
  }

  @Override
  public int run(Call call) {
    var session = SessionOptions.session(call);
    try {
      new SessionChanges(SessionOptions.folder(call), call.world().clock()).delete(session);
      CommandOutput.line(call, "%s deleted", session);
      return ExitCode.OK;
    } catch (SessionBusyException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
