// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.wall;

import dev.redoubt.sandbox.kernel.Usage;
import java.io.IOException;
import java.util.Optional;

/// What a wall holds of one command while it runs and after.
public interface Tether {

  /// Holds nothing.
  Tether NONE = new Tether() {};

  /// Ends everything of the command that runs behind the wall, where the processes of this machine
  /// do not show it: in a container or on another machine. Called any number of times.
  default void kill() throws IOException {}

  /// Says whether nothing of the command runs any more, now that its first process has ended by
  /// itself. Waits for what the kernel is still ending. Where the wall cannot tell, everything of
  /// it on this machine is looked for.
  default boolean isOver() throws IOException, InterruptedException {
    return false;
  }

  /// Called once, when its first process has ended and before its outcome is told: brings back what
  /// it changed and takes away what was laid out.
  ///
  /// @return what the wall has to say about how it ended, if the exit code does not tell it
  default Optional<Loss> ended(int code) throws IOException, InterruptedException {
    return Optional.empty();
  }

  /// Returns what the command used, where it was counted. Asked after [#ended].
  default Optional<Usage> usage() {
    return Optional.empty();
  }

  /// Why an exit code is not the command's own.
  ///
  /// @param kind what happened
  /// @param reason in one sentence for a person
  /// @param undone what was taken back, whatever else happened
  record Loss(Kind kind, String reason, Optional<Undone> undone) {

    /// Returns a loss with nothing taken back.
    public Loss(Kind kind, String reason) {
      this(kind, reason, Optional.empty());
    }

    /// Returns the loss of a command that ran to its own end and left `undone`.
    public static Loss of(Undone undone) {
      Kind kind = undone.left().isEmpty() ? Kind.UNDONE : Kind.CUT;
      return new Loss(undone.isTold() ? Kind.TOLD : kind, undone.said(), Optional.of(undone));
    }

    /// Returns `loss` with what was taken back besides, if anything was.
    public static Optional<Loss> with(Optional<Loss> loss, Undone undone) {
      if (undone.isNothing()) {
        return loss;
      }
      return Optional.of(
          loss.map(lost -> new Loss(lost.kind(), lost.reason(), Optional.of(undone)))
              .orElseGet(() -> of(undone)));
    }

    /// What happened to a command.
    public enum Kind {
      /// It never ran.
      NOT_STARTED,
      /// It never ran, because the wall could not be put up: what it covers may have gone away in
      /// the same moment, so it can be tried again.
      NOT_UP,
      /// The wall ended it, or did not let it begin.
      REFUSED,
      /// It ran to its own end, and there is something to say that it did not do.
      TOLD,
      /// It ran to its own end, and some of what it did was taken back.
      UNDONE,
      /// What carried it went away: an engine that died, a link that was cut. Or something it wrote
      /// could not be taken back.
      CUT;

      /// Returns whether the command ran to its own end.
      public boolean isOwnEnd() {
        return this == TOLD || this == UNDONE;
      }
    }
  }
}
