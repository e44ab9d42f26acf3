// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/// A patch as it was written, before anybody looked whether it fits.
///
/// @param files what happens to each file, in the order of the patch
record Patch(List<Change> files) {

  Patch {
    files = List.copyOf(files);
  }

  /// What happens to a file.
  enum Kind {
    ADD,
    DELETE,
    UPDATE
  }

  /// One file.
  ///
  /// @param moved where it lies afterwards; empty when it stays
  /// @param text of a file that is added
  /// @param chunks of a file that is updated, in the order of the file
  record Change(Kind kind, String path, Optional<String> moved, String text, List<Chunk> chunks) {
    Change {
      requireNonNull(kind, "kind");
      requireNonNull(path, "path");
      requireNonNull(moved, "moved");
      requireNonNull(text, "text");
      chunks = List.copyOf(chunks);
    }
  }

  /// Lines that are replaced.
  ///
  /// @param heading lines that stand above it, each below the one before
  /// @param line where the old lines are believed to start, counted from 1; 0 when nobody said
  /// @param atEnd whether the old lines are the last of the file
  record Chunk(List<String> heading, int line, List<String> old, List<String> now, boolean atEnd) {
    Chunk {
      heading = List.copyOf(heading);
      old = List.copyOf(old);
      now = List.copyOf(now);
    }
  }
}
