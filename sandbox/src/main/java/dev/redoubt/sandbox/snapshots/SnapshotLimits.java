// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Set;

/// How much of a workspace is recorded, and for how long it is kept.
///
/// @param state what one recorded state may hold
/// @param kept what all of them together may hold
public record SnapshotLimits(State state, Kept kept) {

  /// The limits when nothing is configured.
  public static final SnapshotLimits DEFAULT = new SnapshotLimits(State.DEFAULT, Kept.DEFAULT);

  public SnapshotLimits {
    requireNonNull(state, "state");
    requireNonNull(kept, "kept");
  }

  /// What one recorded state may hold. Whatever is over a limit is listed as left out.
  ///
  /// @param fileBytes the largest file whose content is kept
  /// @param bytes of the content of all files together
  /// @param entries files, links and folders
  /// @param heavyBytes of all generated folders, such as `node_modules`, together
  /// @param heavyEntries in all generated folders together
  public record State(long fileBytes, long bytes, int entries, long heavyBytes, int heavyEntries) {

    /// 64 MiB a file, 1 GiB and 100,000 entries a state, 256 MiB and 20,000 entries of them in
    /// generated folders.
    public static final State DEFAULT = new State(64L << 20, 1L << 30, 100_000, 256L << 20, 20_000);

    /// The names of folders that tools generate. They are recorded too, within limits of their own,
    /// so that they cannot push out what people wrote.
    static final Set<String> HEAVY =
        Set.of(
            "node_modules",
            "bower_components",
            "target",
            "build",
            "dist",
            "out",
            "vendor",
            "Pods",
            ".gradle",
            ".venv",
            "venv",
            ".tox",
            ".cache",
            ".next",
            "__pycache__");

    public State {
      if (fileBytes < 0 || bytes < 0 || entries < 1 || heavyBytes < 0 || heavyEntries < 0) {
        throw new IllegalArgumentException("a limit is negative");
      }
    }
  }

  /// How many turns are kept. The oldest are forgotten first; the last one always stays.
  ///
  /// @param turns at most so many
  /// @param age none older than this
  /// @param bytes what the store may hold on the disk
  public record Kept(int turns, Duration age, long bytes) {

    /// 200 turns, 30 days, 2 GiB.
    public static final Kept DEFAULT = new Kept(200, Duration.ofDays(30), 2L << 30);

    public Kept {
      if (turns < 1 || bytes < 0 || age.isNegative()) {
        throw new IllegalArgumentException("a limit is negative, or no turn would be kept");
      }
    }
  }
}
