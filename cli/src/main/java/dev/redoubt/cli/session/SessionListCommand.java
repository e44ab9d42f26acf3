// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.session;

import dev.redoubt.agent.sessions.EventJson;
import dev.redoubt.agent.sessions.SessionIndex;
import dev.redoubt.agent.sessions.SessionSummary;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.document.Node;
import dev.redoubt.evidence.CanonicalJson;
import dev.redoubt.evidence.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt session list`: the sessions, latest first.
public final class SessionListCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addOption(SessionOptions.json())
        .addOption(
            OptionSpec.builder("--here").description("Only those of the current folder.").build());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt session list", "redoubt session list --here --json");
  }

  @Override
  public int run(Call call) {
    List<SessionSummary> all =
        SessionIndex.of(SessionOptions.folder(call)).stream()
            .filter(summary -> !call.has("--here") || isHere(call, summary))
            .sorted(Comparator.comparing((SessionSummary one) -> one.time().last()).reversed())
            .toList();
    if (call.has("--json")) {
      List<Node> sessions = all.stream().<Node>map(SessionListCommand::json).toList();
      Node.Obj list = new Payload().node("sessions", new Node.Arr(sessions, 1)).object();
      String text = new String(CanonicalJson.of(list), StandardCharsets.UTF_8);
      call.world().out().println(CommandOutput.ascii(text));
    } else {
      all.forEach(summary -> line(call, summary));
    }
    return ExitCode.OK;
  }

  private static boolean isHere(Call call, SessionSummary summary) {
    return summary.place().workspace().equals(call.world().folder().toString());
  }

  private static void line(Call call, SessionSummary summary) {
    CommandOutput.line(
        call,
        "%s  %s  %-9s %3d turns  %s  %s",
        summary.id(),
        summary.time().last().toString().substring(0, 16).replace('T', ' '),
        summary.status().isEmpty() ? "cut off" : summary.status(),
        summary.spent().turns(),
        summary.spent().known().map(Object::toString).orElse("cost unknown"),
        summary.title());
  }

  private static Node.Obj json(SessionSummary summary) {
    Payload session =
        new Payload()
            .text("id", summary.id().text())
            .text("title", summary.title())
            .text("workspace", summary.place().workspace())
            .text("model", summary.place().model())
            .text("first", summary.time().first().toString())
            .text("last", summary.time().last().toString())
            .number("prompts", summary.time().prompts())
            .number("turns", summary.spent().turns())
            .text("status", summary.status())
            .node("usage", EventJson.usage(summary.spent().usage()));
    EventJson.cost(session, summary.spent().known());
    return session.object();
  }
}
