// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.util.Objects.requireNonNull;

/// Something a person should know about how the work is kept the same on both machines. Paths are
/// below the folder of the work; those from the far machine are foreign text.
public sealed interface SyncNotice {

  /// Returns which path is meant.
  String path();

  /// Both sides changed it since it was the same, so each keeps its own. Delete one of the two to
  /// get the other.
  record Conflict(String path) implements SyncNotice {
    public Conflict {
      requireNonNull(path, "path");
    }
  }

  /// One side deleted it and the other changed it, so it stays as it was changed.
  record Revived(String path) implements SyncNotice {
    public Revived {
      requireNonNull(path, "path");
    }
  }

  /// The far machine has something there that is not taken.
  ///
  /// @param reason in one sentence
  record Refused(String path, String reason) implements SyncNotice {
    public Refused {
      requireNonNull(path, "path");
      requireNonNull(reason, "reason");
    }
  }

  /// It is not sent to the far machine.
  ///
  /// @param reason in one sentence
  record LeftOut(String path, String reason) implements SyncNotice {
    public LeftOut {
      requireNonNull(path, "path");
      requireNonNull(reason, "reason");
    }
  }

  /// The far folder was empty although it had been filled, so nothing is deleted here and
  /// everything goes there again.
  record StartedAnew() implements SyncNotice {
    @Override
    public String path() {
      return "";
    }
  }

  /// Is told what happens. Called from the threads that synchronise, one at a time.
  @FunctionalInterface
  interface Listener {
    /// Looks away.
    Listener NONE = _ -> {};

    void told(SyncNotice notice);
  }
}
