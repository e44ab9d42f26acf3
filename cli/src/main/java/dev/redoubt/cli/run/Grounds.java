// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.engine.Team;
import dev.redoubt.agent.lsp.LanguageServers;
import dev.redoubt.agent.sessions.SessionLog;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.exec.Premises;
import dev.redoubt.cli.servers.LanguageSettings;
import dev.redoubt.cli.worktrees.Repository;
import dev.redoubt.cli.worktrees.Worktrees;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Guard;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.Manner;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Makes worktrees for sub-agents of one session. Safe to share.
final class Grounds {

  private static final int MOST_NAMES = 5;

  private final Call call;
  private final Premises premises;
  private final Acting acting;

  /// Does what is needed in the workspace, through its gate, without a question to anybody.
  @FunctionalInterface
  interface Acting {
    Outcome perform(Action action, Manner manner) throws InterruptedException;
  }

  Grounds(Call call, Premises premises, Acting acting) {
    this.call = requireNonNull(call, "call");
    this.premises = requireNonNull(premises, "premises");
    this.acting = requireNonNull(acting, "acting");
  }

  /// Makes the worktree of the agent whose session is `log`.
  ///
  /// @param notes get what the model should know of it
  AgentWorktree make(SessionLog log, List<String> notes) throws Team.Unfit {
    Path workspace = premises.workspace();
    if (!Repository.isAround(workspace)) {
      throw new Team.Unfit(
          "%s is no git repository, so there are no worktrees: spawn it without \"worktree\""
              .formatted(workspace));
    }
    Guard guard = premises.guard().guard();
    try {
      Worktrees.Made made =
          Worktrees.of(call.globals().dataDir())
              .make(
                  log.id().text(),
                  workspace,
                  file -> guard.review(new Action.Read(file)) instanceof Decision.Allow);
      AgentWorktree place = around(made, log);
      try {
        place.commit();
        notes.add("its worktree is " + made.worktree().id());
        if (made.left() > 0) {
          notes.add(
              "%d files are not in its worktree: links, larger than 16 MiB, or none that you may read"
                  .formatted(made.left()));
        }
        uncommitted(notes);
        return place;
      } catch (InterruptedException | RuntimeException e) {
        place.discard();
        throw e;
      }
    } catch (IOException e) {
      throw new Team.Unfit(
          "its worktree cannot be made: %s: spawn it without \"worktree\""
              .formatted(RedoubtException.reason(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Team.Unfit("it was cancelled");
    }
  }

  private AgentWorktree around(Worktrees.Made made, SessionLog log) {
    try {
      Path tree = made.worktree().folder();
      Premises around = premises.around(tree);
      return new AgentWorktree(
          made.worktree(),
          premises,
          around,
          log.decisions(""),
          new AgentWorktree.Site(
              new SessionWorld(call, around, log.decisions("")),
              new LanguageServers(LanguageSettings.of(call, tree), tree)));
    } catch (RuntimeException e) {
      AgentWorktree.unhurried(made.worktree()::delete);
      throw e;
    }
  }

  /* Asked inside the sandbox: what the settings of a repository name is run there, if at all. */
  private void uncommitted(List<String> notes) throws InterruptedException {
    Outcome outcome = acting.perform(Repository.status(premises.workspace()), Manner.quiet());
    if (!(outcome instanceof Outcome.Ran(Ended ended))
        || !ended.ending().equals(new Ending.Exited(0))) {
      return;
    }
    List<String> names =
        ended
            .output()
            .toString()
            .lines()
            .filter(line -> line.length() > 3)
            .map(line -> line.substring(3))
            .toList();
    if (!names.isEmpty()) {
      notes.add(
          "the workspace has changes that are not committed (%s%s); its worktree begins with them"
              .formatted(
                  String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size()))),
                  names.size() > MOST_NAMES
                      ? " and %d more".formatted(names.size() - MOST_NAMES)
                      : ""));
    }
  }
}
