// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Action;
import dev.redoubt.sandbox.staging.StagingArea;
import java.util.function.Predicate;

/// That writes go to a staging area and leave the workspace as it is.
///
/// @param area where they go; whoever opens a wall with it holds it
/// @param mayWrite what may write, as far as can be told before it runs: a wall that cannot hold
///   the writes of commands refuses these
public record Staging(StagingArea area, Predicate<Action.Run> mayWrite) {

  public Staging {
    requireNonNull(area, "area");
    requireNonNull(mayWrite, "mayWrite");
  }

  /// Returns the refusal of a command beside another one, as a second mount of the same overlay has
  /// no defined outcome.
  public static WallException oneAtATime() {
    return WallException.refused(
        "another command of this session still runs, perhaps in the background, and while writes"
            + " are staged there is one at a time",
        "wait until it is over or end it; with --writes direct they run beside each other");
  }

  /// What a backend can do about staged writes on this machine.
  public sealed interface Support {

    /// Commands and file tools write to the staging area.
    ///
    /// @param detail how, in a few words
    record AllWrites(String detail) implements Support {
      public AllWrites {
        requireNonNull(detail, "detail");
      }
    }

    /// File tools do. A command that may write is refused, any other sees the workspace as it is.
    record FileTools() implements Support {}

    /// Nothing works, although the backend is made for it.
    ///
    /// @param reason why, in one sentence
    /// @param fix what to do, exactly
    record Missing(String reason, String fix) implements Support {
      public Missing {
        requireNonNull(reason, "reason");
        requireNonNull(fix, "fix");
      }
    }
  }
}
