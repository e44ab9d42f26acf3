// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import dev.redoubt.agent.roles.Role;
import dev.redoubt.agent.roles.Roles;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.exec.ExecOptions;
import dev.redoubt.cli.extensions.PluginGifts;
import dev.redoubt.cli.guard.GuardEngine;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.CanonicalJson;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.DecisionLog;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Situation.Wall;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt agents list`: the kinds of sub-agents that files describe.
public final class AgentsListCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addOption(OptionSpec.builder("--json").description("Write JSON.").build());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt agents list", "redoubt agents list --json");
  }

  @Override
  public int run(Call call) {
    Path workspace = ExecOptions.real(call.world().folder(), "the folder");
    Roles.Found found;
    try {
      Gate gate =
          new Gate(
              List.of(GuardEngine.inFront(call, workspace, Wall.NONE).guard()),
              Approver.NEVER,
              DecisionLog.NONE);
      found = RoleFolders.find(call, workspace, gate);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.CANCELLED;
    }
    List<String> notes = new ArrayList<>(PluginGifts.of(call).refused());
    notes.addAll(found.notes());
    if (call.has("--json")) {
      List<Node> agents = found.roles().stream().<Node>map(AgentsListCommand::json).toList();
      Node.Obj list =
          new Payload().node("agents", new Node.Arr(agents, 1)).texts("notes", notes).object();
      String text = new String(CanonicalJson.of(list), StandardCharsets.UTF_8);
      call.world().out().println(CommandOutput.ascii(text));
    } else {
      if (found.roles().isEmpty()) {
        CommandOutput.line(call, "no agents");
      }
      found.roles().forEach(role -> line(call, role));
      notes.forEach(note -> CommandOutput.note(call, "%s", note));
    }
    return ExitCode.OK;
  }

  private static void line(Call call, Role role) {
    CommandOutput.line(
        call,
        "%-20s  %s  %s",
        role.name(),
        role.source().file(),
        role.model().isEmpty() ? "the session's model" : role.model());
    CommandOutput.line(
        call,
        "    %s",
        role.tools().isEmpty() ? "all tools" : "tools: " + String.join(", ", role.tools()));
    CommandOutput.line(call, "    %s", role.description().replace('\n', ' '));
  }

  private static Node.Obj json(Role role) {
    return new Payload()
        .text("name", role.name())
        .text("description", role.description())
        .texts("tools", role.tools())
        .text("model", role.model())
        .text("file", role.source().file())
        .text("owner", role.source().owner().name().toLowerCase(Locale.ROOT))
        .text("plugin", role.plugin().orElse(""))
        .object();
  }
}
