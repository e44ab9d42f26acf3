// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.session;

import dev.redoubt.agent.sessions.SessionChanges;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import java.security.SecureRandom;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt session fork`: begins a new session with what another one has.
public final class SessionForkCommand implements Command {

  @Override
  public CommandSpec spec() {
    return SessionOptions.of("ID", "The session, or the beginning of its id.")
        .addOption(
            SessionOptions.value("--at", "ENTRY", "The last entry taken over; all of them."));
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt session fork 20261122-101500-3f9a2c1b --at 14", "redoubt session fork 20261122");
  }

  @Override
  public int run(Call call) {
    SessionId from = SessionOptions.session(call);
    SessionId to = SessionId.at(call.world().clock().instant(), new SecureRandom());
    String at = call.text("--at").orElse("999999999");
    if (!at.matches("[1-9][0-9]{0,8}")) {
      throw new UsageException("--at \"%s\" is no number of an entry".formatted(at));
    }
    new SessionChanges(SessionOptions.folder(call), call.world().clock())
        .fork(from, to, Long.parseLong(at));
    CommandOutput.line(call, "%s", to);
    return ExitCode.OK;
  }
}
