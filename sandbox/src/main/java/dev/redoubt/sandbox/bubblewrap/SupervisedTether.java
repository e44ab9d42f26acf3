// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.bubblewrap;

import static java.util.Objects.requireNonNull;

import dev.redoubt.sandbox.kernel.Usage;
import dev.redoubt.sandbox.processes.SupervisedStart;
import dev.redoubt.sandbox.wall.Tether;
import java.io.IOException;
import java.util.Optional;

/// A command whose bwrap has a supervisor: that one ends all of it and counts what it used, and the
/// wall takes away what was laid out.
///
/// @param outer the supervisor
/// @param wall the wall
record SupervisedTether(SupervisedStart outer, BubblewrapTether wall) implements Tether {

  SupervisedTether {
    requireNonNull(outer, "outer");
    requireNonNull(wall, "wall");
  }

  @Override
  public void kill() {
    outer.kill();
  }

  @Override
  public boolean isOver() throws IOException, InterruptedException {
    return outer.isOver() && wall.isOver();
  }

  @Override
  public Optional<Loss> ended(int code) throws IOException, InterruptedException {
    Optional<Loss> outside = outer.ended(code);
    Optional<Loss> inside = wall.ended(code);
    return outside
        .map(lost -> new Loss(lost.kind(), lost.reason(), inside.flatMap(Loss::undone)))
        .or(() -> inside);
  }

  @Override
  public Optional<Usage> usage() {
    return outer.usage();
  }
}
