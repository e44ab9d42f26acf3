// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.worktrees;

import dev.redoubt.agent.api.Crew.Change;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.CanonicalJson;
import dev.redoubt.evidence.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt agents worktrees`: what sub-agents left, of every workspace.
public final class WorktreesListCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addOption(OptionSpec.builder("--json").description("Write JSON.").build());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt agents worktrees", "redoubt agents worktrees --json");
  }

  @Override
  public int run(Call call) {
    List<Worktree> all = Worktrees.of(call.globals().dataDir()).all();
    List<Node> json = new ArrayList<>();
    for (Worktree worktree : all) {
      List<String> paths = worktree.changes().stream().map(Change::path).toList();
      if (call.has("--json")) {
        json.add(
            new Payload()
                .text("id", worktree.id())
                .text("workspace", worktree.workspace().toString())
                .text("folder", worktree.folder().toString())
                .texts("changed", paths)
                .object());
      } else {
        CommandOutput.line(
            call, "%s  %d changed  of %s", worktree.id(), paths.size(), worktree.workspace());
      }
    }
    if (call.has("--json")) {
      Node.Obj list = new Payload().node("worktrees", new Node.Arr(json, 1)).object();
      String text = new String(CanonicalJson.of(list), StandardCharsets.UTF_8);
      call.world().out().println(CommandOutput.ascii(text));
    } else if (all.isEmpty()) {
      CommandOutput.line(call, "no worktrees");
    }
    return ExitCode.OK;
  }
}
