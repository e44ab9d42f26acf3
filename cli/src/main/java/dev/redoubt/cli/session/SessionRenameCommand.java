// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.session;

import dev.redoubt.agent.sessions.SessionBusyException;
import dev.redoubt.agent.sessions.SessionChanges;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `redoubt session rename`: gives a session a name.
public final class SessionRenameCommand implements Command {

  private static final int LONGEST = 200;

  @Override
  public CommandSpec spec() {
    return SessionOptions.of(
        "ID", "The session, or the beginning of its id.", "NAME", "What it is called.");
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt session rename 20261122 \"the parser\"",
        "redoubt session rename 20261122 release");
  }

  @Override
  public int run(Call call) {
    String name = call.parameter(1).orElse("").strip();
    if (name.isEmpty() || name.length() > LONGEST) {
      throw new UsageException("a name has 1 to %d characters".formatted(LONGEST));
    }
    try {
      new SessionChanges(SessionOptions.folder(call), call.world().clock())
          .rename(SessionOptions.session(call), name);
      return ExitCode.OK;
    } catch (SessionBusyException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
