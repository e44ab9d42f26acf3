// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard;

import static java.util.Objects.requireNonNull;

/// What an action is judged against. Comes from the operator, never from a model.
///
/// @param workspace the folder the agent works in, absolute with `/`; the write boundary
/// @param trust whether the workspace was trusted
/// @param wall what holds when the judgement is wrong
/// @param home the home of the person, absolute with `/`
public record Situation(String workspace, Trust trust, Wall wall, String home) {

  /// Whether a person trusted what the workspace brings along.
  public enum Trust {
    TRUSTED,
    UNTRUSTED
  }

  /// What surrounds a command that runs.
  public enum Wall {
    /// Nothing: the backends `local` and `ssh`.
    NONE,
    /// Writes and connections are held by the machine: `bubblewrap`, `landlock` and `docker`.
    HELD
  }

  public Situation {
    requireAbsolute(workspace);
    requireNonNull(trust, "trust");
    requireNonNull(wall, "wall");
    requireAbsolute(home);
  }

  private static void requireAbsolute(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("\"%s\" is not an absolute path".formatted(path));
    }
  }
}
