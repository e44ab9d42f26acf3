// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import static java.util.Objects.requireNonNull;

import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.secrets.Redaction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/// Records what a workspace looks like before and after each turn, so that it can be undone.
///
/// ```java
/// TurnRecorder recorder = TurnRecorder.open(dataDir, workspace, SnapshotLimits.DEFAULT, clock);
/// try (Turn turn = recorder.begin("rm -rf src")) {
///   turn.beforeWrite();   // before the first write, or a command that may write
///   …
/// }                       // or turn.end(), which says what was recorded
/// ```
///
/// Safe to share; each turn belongs to one thread.
public final class TurnRecorder {

  private static final int LONGEST_WHAT = 500;

  private final StoreFolder folder;
  private final SnapshotLimits limits;
  private final Clock clock;

  private TurnRecorder(StoreFolder folder, SnapshotLimits limits, Clock clock) {
    this.folder = folder;
    this.limits = limits;
    this.clock = clock;
  }

  /// Returns a recorder for one workspace. Only looks at the workspace's path; nothing is created.
  ///
  /// @param dataDir where Redoubt keeps its data; states lie in its folder `snapshots`
  /// @param workspace a folder; links in its path are followed now and not again
  /// @throws RedoubtException if the workspace is no folder
  public static TurnRecorder open(
      Path dataDir, Path workspace, SnapshotLimits limits, Clock clock) {
    return open(StoreFolder.of(dataDir, workspace, Steps.ALL), limits, clock);
  }

  static TurnRecorder open(StoreFolder folder, SnapshotLimits limits, Clock clock) {
    return new TurnRecorder(
        folder, requireNonNull(limits, "limits"), requireNonNull(clock, "clock"));
  }

  /// Returns a turn that was not recorded yet.
  ///
  /// @param what is done, for the list of turns: a command line or the like; secrets are masked
  public Turn begin(String what) {
    return new Turn(this, shown(what));
  }

  /// Returns `what` as it may be kept on the disk and shown to other programs: secrets masked, at
  /// most 500 characters.
  public static String shown(String what) {
    String shown = Redaction.text(what);
    return shown.length() > LONGEST_WHAT ? shown.substring(0, LONGEST_WHAT) : shown;
  }

  Session session(String what) throws IOException {
    return Session.open(folder, limits, clock, what);
  }

  RedoubtException failure(String message, IOException cause) {
    return new RedoubtException(
        ErrorCode.UNWRITABLE,
        "%s \"%s\": %s".formatted(message, folder.workspace(), RedoubtException.reason(cause)),
        cause);
  }
}
