// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.worktrees;

import dev.redoubt.agent.tools.WorktreeDiff;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `redoubt agents diff`: what a sub-agent changed, as a diff that `git apply` reads. What an
/// escape sequence would do to a terminal is made visible.
public final class WorktreesDiffCommand implements Command {

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
    return List.of("redoubt agents diff ID", "redoubt agents diff ID | git apply");
  }

  @Override
  public int run(Call call) {
    Worktree worktree = WorktreesDiscardCommand.named(call);
    String diff = WorktreeDiff.of(worktree.changes());
    if (call.world().streams().terminals().out()) {
      diff.lines().forEach(line -> CommandOutput.line(call, "%s", line));
    } else {
      call.world().out().print(diff);
      call.world().out().flush();
    }
    return ExitCode.OK;
  }
}
