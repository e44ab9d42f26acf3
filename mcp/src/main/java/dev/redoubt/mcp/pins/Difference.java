// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.pins;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// What a server says differently of a tool.
///
/// @param tool its name
/// @param kind what happened to it
/// @param lines what is different, one line each, `- ` before what was and `+ ` before what is;
///   characters that cannot be seen are written out
public record Difference(String tool, Kind kind, List<String> lines) {
  public Difference {
    requireNonNull(tool, "tool");
    requireNonNull(kind, "kind");
    lines = List.copyOf(lines);
  }

  /// What happened to a tool.
  public enum Kind {
    /// It was not there before.
    ADDED,
    /// It is described differently.
    CHANGED
  }
}
