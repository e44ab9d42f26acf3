// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.servers;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.servers.Answers;
import dev.redoubt.agent.servers.McpServers;
import dev.redoubt.cli.BuildIdentity;
import dev.redoubt.cli.Call;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.DecisionLog;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.Permit;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// The servers of one session, from its configuration to its tools. For one thread.
public final class Serving implements AutoCloseable {

  private final ServerSettings settings;
  private final McpServers servers;

  private Serving(ServerSettings settings, McpServers servers) {
    this.settings = requireNonNull(settings, "settings");
    this.servers = requireNonNull(servers, "servers");
  }

  /// Who is there.
  ///
  /// @param approver answers the guard
  /// @param answers whom servers may ask something; empty for nobody
  public record People(Approver approver, Optional<Answers> answers) {
    public People {
      requireNonNull(approver, "approver");
      requireNonNull(answers, "answers");
    }

    /// Nobody is there.
    static final People NOBODY = new People(Approver.NEVER, Optional.empty());
  }

  /// Returns the servers of a session in `workspace`, none of which runs yet.
  ///
  /// @param guard says whether what the checkout names counts, and nobody is asked; and where
  ///   servers over HTTP send to
  /// @param people answer the guard about the latter, and what servers want to know
  /// @throws dev.redoubt.model.RedoubtException USAGE if the configuration is malformed
  public static Serving of(Call call, Path workspace, Guard guard, People people, DecisionLog log)
      throws InterruptedException {
    ServerSettings settings =
        ServerSettings.of(call, workspace, new Gate(List.of(guard), Approver.NEVER, log));
    return new Serving(
        settings,
        new McpServers(
            settings.plans(),
            new McpServers.Place(
                workspace,
                call.globals().dataDir().toAbsolutePath(),
                BuildIdentity.current().version()),
            settings.lazy(),
            new RemoteDoors(
                call, workspace, new RemoteDoors.Guarding(guard, people.approver(), log)),
            people.answers()));
  }

  /// Returns the settings.
  public ServerSettings settings() {
    return settings;
  }

  /// Returns the servers.
  public McpServers servers() {
    return servers;
  }

  /// Starts them and returns their tools.
  ///
  /// @param judge asks an approver through [#approver]
  public List<Tool> start(McpServers.Judge judge, BiFunction<Permit, Manner, Outcome> performer)
      throws InterruptedException {
    servers.start(judge, performer);
    return servers.tools();
  }

  /// Returns `other`, but for what the operator has already said yes to.
  public Approver approver(Approver other) {
    return servers.approver(other);
  }

  /// Returns what performs calls of tools itself, and leaves everything else to `other`.
  public BiFunction<Permit, Manner, Outcome> performer(BiFunction<Permit, Manner, Outcome> other) {
    return (permit, manner) ->
        permit.action() instanceof Action.CallTool
            ? servers.perform(permit)
            : other.apply(permit, manner);
  }

  /// Returns what a person should know.
  public List<String> notes() {
    List<String> notes = new ArrayList<>(settings.notes());
    notes.addAll(servers.notes());
    return notes;
  }

  @Override
  public void close() {
    servers.close();
  }
}
