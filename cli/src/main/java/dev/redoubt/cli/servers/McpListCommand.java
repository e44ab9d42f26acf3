// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import dev.redoubt.agent.servers.McpServers;
import dev.redoubt.agent.servers.RemoteServer;
import dev.redoubt.agent.servers.ServerPlan;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.exec.Approval;
import dev.redoubt.cli.exec.Egress;
import dev.redoubt.cli.exec.Premises;
import dev.redoubt.cli.extensions.PluginGifts;
import dev.redoubt.cli.guard.GuardEngine;
import dev.redoubt.evidence.EvidenceLog;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.DecisionLog;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.mcp.pins.PinFile;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.Sandbox;
import dev.redoubt.sandbox.wall.WallException;
import dev.redoubt.secrets.Fingerprints;
import dev.redoubt.secrets.SecretUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt mcp list`: the servers a session here would have. Starts nothing unless it is told to.
public final class McpListCommand implements Command {

  private static final String STREAM = "exec";

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addOption(McpOptions.json())
        .addOption(McpOptions.folder())
        .addOption(
            OptionSpec.builder("--connect")
                .description(
                    "Start each server, inside the sandbox, or ask it over HTTP, and count its"
                        + " tools.")
                .build())
        .addOption(McpOptions.value("--sandbox", "B", "What surrounds a server, with --connect."))
        .addOption(
            McpOptions.value(
                "--approval", "HOW", "What answers a question: deny, workspace or allow."));
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt mcp list", "redoubt mcp list --connect --sandbox bubblewrap");
  }

  @Override
  public int run(Call call) {
    Path folder = McpOptions.folder(call);
    try {
      if (call.has("--connect")) {
        return connect(call, folder);
      }
      try (Serving serving =
          Serving.of(
              call,
              folder,
              GuardEngine.inFront(call, folder, Wall.NONE).guard(),
              Serving.People.NOBODY,
              DecisionLog.NONE)) {
        tell(call, folder, serving);
      }
      return ExitCode.OK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.CANCELLED;
    }
  }

  /* No is the answer when a server does not start. */
  private static int connect(Call call, Path folder) throws InterruptedException {
    Premises premises = new Premises(call, folder);
    try (EvidenceLog evidence =
        EvidenceLog.open(call.globals().dataDir(), STREAM, call.world().clock())) {
      EvidenceDecisionLog log = new EvidenceDecisionLog(evidence, STREAM);
      Approver approver = Approval.of(call).approver(call, premises.backend().holds());
      try (Serving serving =
              Serving.of(
                  call,
                  folder,
                  premises.guard().guard(),
                  new Serving.People(approver, Optional.empty()),
                  log);
          Egress egress = premises.egress(log);
          Sandbox sandbox = premises.open(egress.exits(), log)) {
        Gate gate = new Gate(List.of(premises.guard().guard()), serving.approver(approver), log);
        serving.start(gate::judge, sandbox::perform);
        tell(call, folder, serving);
        return serving.settings().plans().stream()
                .allMatch(plan -> serving.servers().running(plan.name()).isPresent())
            ? ExitCode.OK
            : ExitCode.NO;
      }
    } catch (WallException e) {
      throw new RedoubtException(ErrorCode.NO_SANDBOX, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.NO_SANDBOX, "the sandbox failed: %s".formatted(RedoubtException.reason(e)), e);
    }
  }

  private static void tell(Call call, Path folder, Serving serving) {
    if (call.has("--json")) {
      json(call, folder, serving);
      return;
    }
    if (serving.settings().plans().isEmpty() && serving.settings().off().isEmpty()) {
      CommandOutput.line(call, "no servers");
    }
    for (ServerPlan plan : serving.settings().plans()) {
      CommandOutput.line(
          call,
          "%-20s  %-8s  %-34s  %s",
          plan.name(),
          plan.plugin().map(plugin -> "plugin " + plugin).orElseGet(() -> origin(plan)),
          state(call, folder, plan, serving.servers().running(plan.name())),
          command(plan));
    }
    serving.settings().off().stream()
        .sorted()
        .forEach(name -> CommandOutput.line(call, "%-20s  %-8s  switched off", name, "operator"));
    notes(call, serving).forEach(note -> CommandOutput.note(call, "redoubt: %s", note));
  }

  private static List<String> notes(Call call, Serving serving) {
    List<String> notes = new ArrayList<>(PluginGifts.of(call).refused());
    notes.addAll(serving.notes());
    return notes;
  }

  private static String origin(ServerPlan plan) {
    return plan.origin().name().toLowerCase(Locale.ROOT);
  }

  private static String state(
      Call call, Path folder, ServerPlan plan, Optional<McpServers.Running> running) {
    PinFile pins = McpServers.pins(call.globals().dataDir().toAbsolutePath(), folder, plan);
    int waiting = pins.waiting().size();
    String wait = waiting == 0 ? "" : ", %d wait for approval".formatted(waiting);
    return running
        .map(it -> "runs, %d tools, MCP %s%s".formatted(it.tools(), it.self().protocol(), wait))
        .orElseGet(() ->
            pins.pinned() == 0 ? "never met" : "%d tools pinned%s".formatted(pins.pinned(), wait));
  }

  private static String command(ServerPlan plan) {
    return switch (plan.way()) {
      case ServerPlan.Way.Asks(RemoteServer server) ->
          SecretUrl.read(server.url().text(), 1, Fingerprints.NONE).text();
      case ServerPlan.Way.Starts(Action.Run run) ->
          run.program() instanceof Program.Argv(List<String> argv) ? String.join(" ", argv) : "";
    };
  }

  private static void json(Call call, Path folder, Serving serving) {
    CommandOutput.json(
        call,
        json -> {
          json.writeArrayPropertyStart("servers");
          for (ServerPlan plan : serving.settings().plans()) {
            PinFile pins = McpServers.pins(call.globals().dataDir().toAbsolutePath(), folder, plan);
            json.writeStartObject();
            json.writeStringProperty("name", plan.name());
            json.writeStringProperty("origin", origin(plan));
            json.writeStringProperty("plugin", plan.plugin().orElse(""));
            json.writeStringProperty(plan.isRemote() ? "url" : "command", command(plan));
            json.writeNumberProperty("pinned", pins.pinned());
            json.writeNumberProperty("waiting", pins.waiting().size());
            Optional<McpServers.Running> running = serving.servers().running(plan.name());
            json.writeBooleanProperty("running", running.isPresent());
            if (running.isPresent()) {
              json.writeNumberProperty("tools", running.get().tools());
              json.writeStringProperty("protocol", running.get().self().protocol());
            }
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeArrayPropertyStart("off");
          serving.settings().off().stream().sorted().forEach(json::writeString);
          json.writeEndArray();
          json.writeArrayPropertyStart("notes");
          notes(call, serving).forEach(json::writeString);
          json.writeEndArray();
        });
  }
}
