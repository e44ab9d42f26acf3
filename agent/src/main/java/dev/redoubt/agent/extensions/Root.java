// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.extensions;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/// A folder in which extensions lie, whether or not it exists.
///
/// @param shown how people know it, in the manner of `~/.claude/skills`
/// @param folder absolute
/// @param owner who put there what lies in it
public record Root(String shown, Path folder, Owner owner) {

  public Root {
    requireNonNull(shown, "shown");
    requireNonNull(folder, "folder");
    requireNonNull(owner, "owner");
  }

  /// Whose extensions they are.
  public enum Owner {
    /// The person's own: they count.
    PERSON,
    /// A plugin's, whose content the person approved: they count.
    PLUGIN,
    /// A checkout's: each counts only when the guard permits exactly its content.
    CHECKOUT
  }
}
