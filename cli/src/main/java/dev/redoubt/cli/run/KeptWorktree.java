// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Crew;
import dev.redoubt.cli.worktrees.Worktree;
import java.util.List;

/// A worktree in which nobody works any more.
record KeptWorktree(Worktree worktree) implements Crew.Worktree {

  KeptWorktree {
    requireNonNull(worktree, "worktree");
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
    // It stays.
  }
}
