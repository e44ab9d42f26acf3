// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.client;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How a server is met.
///
/// @param version of this program, which the server is told
/// @param roots the folders the server is told to work in, absolute
/// @param start how long it may take until it answers
/// @param probe how long the question whether it is of the stateless era may go without an answer
///   before it is greeted as before
public record ClientSettings(String version, List<Path> roots, Duration start, Duration probe) {
  public ClientSettings {
    requireNonNull(version, "version");
    roots = List.copyOf(roots);
    requireNonNull(start, "start");
    requireNonNull(probe, "probe");
  }

  /// Settings with the usual probe of three seconds.
  public ClientSettings(String version, List<Path> roots, Duration start) {
    this(version, roots, start, Duration.ofSeconds(3));
  }
}
