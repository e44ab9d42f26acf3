// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.lock;

import dev.redoubt.model.Gap;
import dev.redoubt.model.Location;
import dev.redoubt.model.Purl;
import dev.redoubt.model.PurlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What could not be understood in one file. Not safe to share between threads.
public final class LockGaps {

  private static final int LONGEST_QUOTE = 120;

  private final String path;
  private final String hint;
  private final List<Gap> gaps = new ArrayList<>();

  /// Begins a list for the file at `path`.
  ///
  /// @param hint what would fix an entry that is no entry, in the manner of `run bundle lock`
  public LockGaps(String path, String hint) {
    this.path = path;
    this.hint = hint;
  }

  /// Returns the place of `line` in the file.
  public Location at(int line) {
    return new Location(path, line);
  }

  /// Adds a gap with the hint of the file.
  public void add(int line, String reason) {
    add(line, reason, hint);
  }

  /// Adds a gap.
  public void add(int line, String reason, String hint) {
    gaps.add(new Gap(path, line, reason, hint));
  }

  /// Returns the purl that `maker` makes; when it cannot be made a gap is added at `line`.
  public Optional<Purl> purl(int line, Supplier<Purl> maker) {
    try {
      return Optional.of(maker.get());
    } catch (PurlException e) {
      add(line, "an entry that names no package: " + e.getMessage());
      return Optional.empty();
    }
  }

  /// Returns `text` short enough for a message.
  public static String quote(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }

  /// Returns the gaps in the order in which they were added.
  public List<Gap> list() {
    return List.copyOf(gaps);
  }
}
