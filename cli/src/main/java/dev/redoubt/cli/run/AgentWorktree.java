// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Crew;
import dev.redoubt.agent.engine.Doors;
import dev.redoubt.agent.engine.Performer;
import dev.redoubt.agent.lsp.LanguageServers;
import dev.redoubt.cli.exec.Premises;
import dev.redoubt.cli.worktrees.Repository;
import dev.redoubt.cli.worktrees.Worktree;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.Permit;
import dev.redoubt.guard.Verdict;
import dev.redoubt.guard.records.EvidenceDecisionLog;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.processes.RunningCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The worktree of one agent while it works: a sandbox of its own around the copy, and doors that
/// let through what those of its agent do and no more. Safe to share.
final class AgentWorktree implements Crew.Worktree {

  private final Worktree worktree;
  private final Premises original;
  private final Premises premises;
  private final EvidenceDecisionLog log;
  private final SessionWorld world;
  private final LanguageServers languages;

  AgentWorktree(
      Worktree worktree, Premises original, Premises premises, EvidenceDecisionLog log, Site site) {
    this.worktree = requireNonNull(worktree, "worktree");
    this.original = requireNonNull(original, "original");
    this.premises = requireNonNull(premises, "premises");
    this.log = requireNonNull(log, "log");
    this.world = site.world();
    this.languages = site.languages();
    languages.startWith(this::started);
  }

  /// What works in it.
  record Site(SessionWorld world, LanguageServers languages) {
    Site {
      requireNonNull(world, "world");
      requireNonNull(languages, "languages");
    }
  }

  Path folder() {
    return premises.workspace();
  }

  LanguageServers languages() {
    return languages;
  }

  /// Returns the doors of an agent that works here, made of those of its own agent.
  Doors doors(Doors above) {
    List<Guard> guards =
        above.guards().stream()
            .flatMap(guard ->
                Stream.<Guard>of(
                    new MirroredGuard(guard, premises.workspace(), original.workspace()),
                    new Here(premises.guard().guard(), guard)))
            .toList();
    Performer performer =
        (permit, manner) ->
            isElsewhere(permit.action())
                ? above.performer().perform(permit, manner)
                : world.perform(permit, manner);
    return new Doors(
        guards,
        languages.approver(above.approver()),
        performer,
        above.person(),
        above.hooks(),
        above.hidden());
  }

  /* MCP servers are its agent's: they run in the workspace, and what is said of them there holds. */
  private static boolean isElsewhere(Action action) {
    return action instanceof Action.CallTool
        || (action instanceof Action.StartServer start && !start.name().startsWith("lsp-"));
  }

  /// The guard of the copy, save for what happens in the workspace.
  private record Here(Guard copy, Guard workspace) implements Guard {
    @Override
    public String name() {
      return copy.name();
    }

    @Override
    public Decision review(Action action) {
      return isElsewhere(action) ? workspace.review(action) : copy.review(action);
    }
  }

  /// Commits what lies there, so that git in it shows what the agent changes. Where git is not to
  /// be had inside the sandbox the repository stays empty.
  void commit() throws InterruptedException {
    perform(Repository.commit(premises.workspace()), Manner.quiet(), (_, _) -> Approver.Answer.YES);
  }

  private Optional<RunningCommand> started(Action.StartServer action) throws InterruptedException {
    Outcome outcome = perform(action, Manner.quiet(), languages.approver(Approver.NEVER));
    return outcome instanceof Outcome.Runs(RunningCommand command)
        ? Optional.of(command)
        : Optional.empty();
  }

  private Outcome perform(Action action, Manner manner, Approver approver)
      throws InterruptedException {
    List<Guard> guards =
        List.of(
            premises.guard().guard(),
            new MirroredGuard(
                original.guard().guard(), premises.workspace(), original.workspace()));
    return switch (new Gate(guards, approver, log).judge(action)) {
      case Verdict.Refused(String guard, Decision decision) ->
          new Outcome.RefusedByGuard(guard, decision);
      case Verdict.Permitted(Permit permit) -> world.perform(permit, manner);
    };
  }

  @Override
  public String id() {
    return worktree.id();
  }

  @Override
  public List<Crew.Change> changes() {
    return worktree.changes();
  }

  @Override
  public void close() {
    unhurried(() -> {
      end();
      if (worktree.changes().isEmpty()) {
        worktree.delete();
      }
    });
  }

  /// Ends what runs in it and deletes it: no agent has worked in it.
  void discard() {
    unhurried(() -> {
      end();
      worktree.delete();
    });
  }

  private void end() {
    try (world) {
      languages.close();
    }
  }

  /* Whoever is interrupted ends here, and files cannot be read in a hurry. */
  static void unhurried(Runnable work) {
    boolean interrupted = Thread.interrupted();
    try {
      work.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
