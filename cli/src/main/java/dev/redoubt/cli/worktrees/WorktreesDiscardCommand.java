// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.worktrees;

import dev.redoubt.agent.sessions.SessionFolder;
import dev.redoubt.agent.sessions.SessionId;
import dev.redoubt.agent.sessions.SessionLog;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `redoubt agents discard`: deletes a worktree with what was changed in it, unless its agent
/// works.
public final class WorktreesDiscardCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .paramLabel("ID")
                .type(String.class)
                .description("The worktree: redoubt agents worktrees.")
                .build());
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt agents discard ID", "redoubt agents discard 20261122-120000-0a1b2c3d-s1");
  }

  @Override
  public int run(Call call) {
    Worktree worktree = named(call);
    SessionFolder sessions = new SessionFolder(call.globals().dataDir());
    // Whoever works in it has its session open.
    try (SessionLog _ =
        SessionLog.open(sessions, new SessionId(worktree.id()), call.world().clock())) {
      worktree.delete();
    }
    CommandOutput.line(call, "%s: deleted", worktree.id());
    return ExitCode.OK;
  }

  static Worktree named(Call call) {
    String id = call.parameter(0).orElseThrow();
    return Worktrees.of(call.globals().dataDir())
        .named(id)
        .orElseThrow(() ->
            new UsageException(
                "there is no worktree \"%s\" (redoubt agents worktrees)".formatted(id)));
  }
}
