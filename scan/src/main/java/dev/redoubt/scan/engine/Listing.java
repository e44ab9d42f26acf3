// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.engine;

import dev.redoubt.model.Gap;
import dev.redoubt.scan.api.FileEntry;
import java.util.List;

/// What a walk came across.
///
/// @param files the regular files, sorted by path
/// @param unreadable entries that look like a file somebody may want but are none: links that lead
///   outside, pipes, sockets; each with the gap it becomes if an extractor wants it
/// @param gaps folders that could not be listed and limits that were reached
/// @param skipped folders left out on purpose
public record Listing(
    List<FileEntry> files, List<Unreadable> unreadable, List<Gap> gaps, List<Skip> skipped) {

  /// An entry that is no regular file, and the gap it becomes if an extractor wants it.
  public record Unreadable(FileEntry entry, Gap gap) {}

  public Listing {
    files = List.copyOf(files);
    unreadable = List.copyOf(unreadable);
    gaps = List.copyOf(gaps);
    skipped = List.copyOf(skipped);
  }
}
